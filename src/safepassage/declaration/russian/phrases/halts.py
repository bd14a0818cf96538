"""Hold further Russian names of pauses and ways out, and sayings that fire will stop."""

from __future__ import annotations

__all__ = ["HALTS", "MORE_NOUNS", "NTH_WAYS"]

_NTH = {
    "втор": "second", "треть": "third", "четверт": "fourth", "пят": "fifth", "шест": "sixth",
    "седьм": "seventh", "восьм": "eighth", "девят": "ninth", "десят": "tenth",
}  # fmt: skip
NTH_WAYS = "\n".join(
    f"{lead} {stem}{'ему' if stem == 'треть' else 'ому'} (коридору|маршруту) {may} {leave}"
    f" = {nth} is for"
    for stem, nth in _NTH.items()
    for lead in ("по", ", по", ", а по", "а по", "и по")
    for may, leave in (
        ("могут|смогут|может|сможет", "выйти|уйти|выходить|уходить|пройти|эвакуироваться"),
        ("(будут)", "выйдут|уйдут|пойдут|выпустят|выходить|уходить|выводят|выведут"),
    )
)

HALTS = """
огонь вестись не будет = ceasefire will be in force
никто не стреляет|стреляют = ceasefire will be in force
никто не будет стрелять = ceasefire will be in force
срок : = it will last
новый срок : = it will last
срок действия : = it will last
стрелять не должны|должен|станут|станет|собираются = will cease fire
не должны|должен стрелять = will cease fire
соблюдать|соблюдаем|соблюдает|соблюдают тишину = observe the ceasefire
объявлена|объявляется|вводится тишина = regime of silence is announced
тишина действует|продлится|сохранится|наступит|наступает = regime of silence will last
о тишине = on a regime of silence
нынешнее , = the current truce ,
отсчет пойдет|начнется = it will begin
огневая пауза = pause in fighting
огня не будет = ceasefire will be in force
стрельбы не будет = ceasefire will be in force
обстрелов не будет = ceasefire will be in force
ударов не будет = ceasefire will be in force
не будет огня|стрельбы|обстрелов|ударов = ceasefire will be in force
стрелять не будут|будем = will cease fire
стрелять не будет = will cease fire
не будут|будем|будет стрелять = will cease fire
не станут|станет стрелять = will cease fire
не стрелять = to cease fire
не открывать огонь|огня = to cease fire
не открывает|открывают|откроет|откроют огонь|огня = will cease fire
не вести огонь|огня = to cease fire
не ведет|ведут огонь|огня = will cease fire
не наносить (авиа) удары|ударов|авиаудары|авиаударов = to halt strikes
не атаковать = to halt attacks
воздержаться|воздерживаться от ударов|обстрелов = to halt strikes
воздержится|воздержатся от ударов|обстрелов = will halt strikes
воздержатся|воздержится|воздержаться от боевых действий = will halt hostilities
обязались не стрелять = pledged to cease fire
прекращен|прекращен огонь = ceasefire is in force
огонь прекращен|остановлен|приостановлен = ceasefire is in force
стрельба прекращена|остановлена = ceasefire is in force
обстрелы|удары|бои прекращены|остановлены|приостановлены = ceasefire is in force
боевые действия прекращены|остановлены|приостановлены = cessation of hostilities is in force
огонь прекратится|прекращается|стихнет|приостановится = ceasefire will begin
огонь будет прекращен|остановлен|приостановлен = ceasefire will be in force
стрельба прекратится|прекращается|стихнет|остановится = ceasefire will begin
стрельба будет прекращена|остановлена = ceasefire will be in force
обстрелы|удары|бои прекратятся|прекращаются = ceasefire will begin
обстрелы|удары|бои остановятся|останавливаются|приостановятся = ceasefire will begin
обстрелы|удары|бои|атаки будут прекращены|остановлены|приостановлены = ceasefire will be in force
авиаудары|бомбардировки прекратятся|прекращаются|приостановятся = halt of strikes will begin
авиаудары|бомбардировки будут прекращены|приостановлены = halt of strikes will be in force
боевые действия прекратятся|прекращаются = cessation of hostilities will begin
боевые действия приостановятся|останавливаются = cessation of hostilities will begin
боевые действия будут прекращены = cessation of hostilities will be in force
боевые действия будут приостановлены|остановлены = cessation of hostilities will be in force
орудия замолчат|смолкнут|умолкнут|молчат|замолкнут = guns will be silent
оружие замолчит|замолкнет|смолкнет = guns will be silent
пушки|оружие молчат|замолчат = guns will be silent
устанавливается|наступает|наступит|установится тишина = regime of silence will begin
прекращение огня наступает|наступит = ceasefire will begin
перестрелк* = clashes
обстреливать не будут|станут = will cease fire
ведения огня = firing
прекратит|прекратят обстрел = will cease fire
"""
MORE_NOUNS = """
наступательн* действия|действий|операции|операций = hostilities
все|всех|любые наступательные|наступательных действия|действий = hostilities
действия|действий|действиям = operations
" окно " для выезда|выхода|эвакуации|вывода|вывоза = evacuation window for the exit of
окно|окна|окну|окном для выезда|выхода|эвакуации|вывода|вывоза = evacuation window for the exit of
" окно|окна " = evacuation window
окно тишины = evacuation window
" окно тишины " = evacuation window
гуманитарное|гуманитарного " окно|окна " = humanitarian window
приостановк*|приостановлени* = suspension
остановк* боев = cessation of hostilities
авианалет*|авиаудар* = air strikes
воздушн* налет*|удар* = air strikes
воздушн* атак* = air strikes
налет|налеты|налетов|налетами = strikes
ракетн* удар*|обстрел* = strikes
атак|атаки|атаку|атакой = attacks
полет|полеты|полетов = flights
мирные|мирных|мирным|мирными = civilians
мирн* переговор* = peace talks
мирн* соглашени*|договор* = peace agreement
мирн* план*|процесс* = peace process
договоренност* о тишине = agreement on a regime of silence
часы|часов тишины = hours of ceasefire
день|дня|дни тишины = days of ceasefire
тишин* = calm
остановк* (боев|боевых) (действий) = cessation of hostilities
остановк* огня|стрельбы|обстрелов = ceasefire
приостановк*|приостановлени* боев|наступления|обстрелов|стрельбы = ceasefire
прекращени* стрельбы|атак = ceasefire
прекращени* всех|любых обстрелов|ударов|боев|атак = ceasefire
полн* прекращени* огня = full ceasefire
временн* прекращени* огня = temporary ceasefire
режим* безмолвия|спокойствия = regime of silence
режим* молчания = regime of silence
режим* приостановки боевых действий = cessation of hostilities
период* тишины|затишья = period of calm
затишь* = lull in fighting
отбой|отбоя огня = ceasefire
гуманитарн* перерыв* = humanitarian pause
гуманитарн* тишин* = humanitarian pause
тактическ* пауз* = tactical pause
оперативн* пауз* = operational pause
мораторий|моратория на обстрелы|удары = halt of strikes
безопасн* пут* = safe routes
безопасный|безопасного|безопасному путь|пути = safe route
путь|пути эвакуации = evacuation route
путь выхода|отхода = exit route
безопасн* дорог* = safe roads
безопасн* трасс* = safe roads
пункт* выхода = exit points
пункт выхода = exit point
точк* выхода = exit points
гуманитарн* маршрут* = humanitarian routes
гуманитарный|гуманитарному маршрут|маршруту|маршрута|маршруте = humanitarian route
гуманитарного|гуманитарном маршрут|маршруту|маршрута|маршруте = humanitarian route
эвакуационн* маршрут* = evacuation routes
эвакуационный|эвакуационному|эвакуационного маршрут|маршруту|маршрута = evacuation route
гуманитарн* проход* = humanitarian passages
проход* для (выхода) мирн* жителей|граждан = passage for civilians
переправ* = crossing
поправк* = correction
мосты|мостов|мостам|мостами|мостах = bridges
"""
