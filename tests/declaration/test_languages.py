from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declaration import corpus
from safepassage.base.errors import InputError, NothingAnnounced
from safepassage.declaration import read
from safepassage.declaration.languages import likeliest
from safepassage.declaration.text import prepare

ENGLISH = (
    "MOSCOW, 2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in "
    "Aleppo on 4 November from 9 am to 7 pm.\n"
)
RUSSIAN = (
    "2 ноября 2016 года\n\nМинистерство обороны России объявило гуманитарную паузу в Алеппо "
    "4 ноября с 9:00 до 19:00. Она начнётся в пятницу.\n"
)
OTHERS = {
    "Ukrainian": "Міністерство оборони повідомило, що гуманітарна пауза в місті почнеться завтра о "
    "дев'ятій ранку і триватиме до сьомої вечора. Людей вивозитимуть автобусами.",
    "Belarusian": "Міністэрства абароны паведаміла, што гуманітарная паўза ў горадзе пачнецца "
    "заўтра а дзявятай раніцы і будзе працягвацца да сёмай вечара.",
    "Bulgarian": "Министерството на отбраната съобщи, че хуманитарната пауза в града ще започне "
    "утре в девет часа и ще продължи до седем вечерта. Хората ще бъдат извозени с автобуси.",
    "Serbian": "Министарство одбране саопштило је да ће хуманитарна пауза у граду почети сутра у "
    "девет часова и да ће трајати до седам увече.",
    "Macedonian": "Министерството за одбрана соопшти дека хуманитарната пауза во градот ќе почне "
    "утре во девет часот и ќе трае до седум навечер.",
    "Persian": "وزارت دفاع اعلام کرد که وقفه بشردوستانه در شهر از فردا ساعت نه صبح آغاز می‌شود و "
    "تا ساعت هفت شب ادامه دارد. این گذرگاه‌ها برای غیرنظامیان است.",
    "Urdu": "وزارت دفاع نے کہا ہے کہ شہر میں انسانی بنیادوں پر وقفہ کل صبح نو بجے سے شام سات بجے "
    "تک ہوگا۔ یہ راستے شہریوں کے لیے کھلے ہیں۔",
    "Pashto": "د دفاع وزارت وویل چې په ښار کې به سبا سهار اوربند پیل شي او تر ماښامه به دوام وکړي. "
    "دا لارې د ملکي خلکو له پاره دي.",
    "French": "Le ministère de la Défense a annoncé une pause humanitaire dans la ville. Elle "
    "commencera demain à neuf heures et durera jusqu'à dix-neuf heures pour les civils.",
    "Spanish": "El Ministerio de Defensa anunció una pausa humanitaria en la ciudad. Comenzará "
    "mañana a las nueve y durará hasta las siete de la tarde para los civiles.",
    "Portuguese": "O Ministério da Defesa anunciou uma pausa humanitária na cidade. Começará "
    "amanhã às nove horas e não durará mais do que até as sete da noite.",
    "Italian": "Il ministero della Difesa ha annunciato una pausa umanitaria nella città. "
    "Comincerà domani alle nove e durerà fino alle sette di sera per i civili che sono usciti.",
    "German": "Das Verteidigungsministerium hat eine humanitäre Pause in der Stadt angekündigt. "
    "Sie wird morgen um neun Uhr beginnen und bis sieben Uhr abends für die Bewohner dauern.",
    "Dutch": "Het ministerie van Defensie heeft een humanitaire pauze in de stad aangekondigd. "
    "Die begint morgen om negen uur en duurt tot zeven uur in de avond voor de burgers.",
    "Turkish": "Savunma Bakanlığı şehirde insani bir ara verileceğini açıkladı. Ara yarın saat "
    "dokuzda başlayacak ve akşam yediye kadar sürecek. Siviller için iki koridor açılacak.",
    "Polish": "Ministerstwo obrony ogłosiło przerwę humanitarną w mieście. Zacznie się jutro o "
    "dziewiątej i potrwa do siódmej wieczorem. Dla cywilów nie ma innych korytarzy.",
    "Indonesian or Malay": "Kementerian Pertahanan mengumumkan jeda kemanusiaan di kota itu yang "
    "akan dimulai besok pukul sembilan dan berlangsung dari pagi untuk warga dengan bus.",
    "Swahili": "Wizara ya Ulinzi imetangaza kusitishwa kwa mapigano katika mji huo kuanzia kesho "
    "saa tatu asubuhi hadi jioni kwa ajili ya raia na wagonjwa.",
    "Kurdish": "وەزارەتی بەرگری ڕایگەیاند کە وەستانی مرۆیی لە شارەکە سبەینێ لە کاتژمێر نۆوە دەست "
    "پێدەکات و بۆ ئێوارە بەردەوام دەبێت.",
    "Greek": "Το υπουργείο άμυνας ανακοίνωσε ανθρωπιστική παύση στο Χαλέπι την Παρασκευή",
    "Chinese": "国防部宣布从明天上午九时到下午七时在阿勒颇实行人道主义停火,开放八条走廊供平民离开,"
    "另外两条供武装人员携带武器撤离该城。各方尚未作出回应。",
    "Armenian": "Պաշտպանության նախարարությունը հայտարարել է մարդասիրական դադարի մասին քաղաքում",
    "Hebrew": "משרד ההגנה הודיע על הפוגה הומניטרית בעיר שתתחיל מחר בתשע בבוקר ותימשך עד הערב",
    "Amharic or Tigrinya": "የመከላከያ ሚኒስቴር በከተማዋ ሰብዓዊ እረፍት ነገ ጠዋት ይጀምራል ብሏል እስከ ምሽት ድረስ ይቆያል",
}


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_in_another_language_is_refused_by_name(language):
    with pytest.raises(InputError) as raised:
        read(OTHERS[language], name="notice")
    (fault,) = raised.value.faults
    assert fault.what == f"is not in English, Russian or Arabic: it looks like {language}"
    assert fault.remedy == "Give a text in one of these, or a translation."


@pytest.mark.parametrize("path", sorted(corpus.FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_no_text_that_can_be_read_is_taken_for_another(path):
    text = prepare(path.read_text("utf-8"), path.name)
    assert not text.remarks
    prefix = path.stem.partition("-")[0].rstrip("0123456789")
    assert text.languages[0] == (prefix if prefix in {"ru", "ar"} else "en")


@pytest.mark.parametrize("language", ["Ukrainian", "Bulgarian", "French", "Persian", "Chinese"])
def test_a_stretch_in_another_language_is_passed_over_and_told(language):
    declaration = read(ENGLISH + "\n" + OTHERS[language])
    assert declaration.windows == read(ENGLISH).windows
    told = [remark for remark in declaration.remarks if remark.startswith("Not read")]
    assert told
    assert all(f"looks like {language}: “" in remark for remark in told[:3])
    assert OTHERS[language][:30] in told[0]


def test_a_leaflet_in_two_languages_that_can_be_read_is_read_in_both():
    for text in (ENGLISH + "\n" + RUSSIAN, RUSSIAN + "\n" + ENGLISH):
        declaration = read(text)
        assert declaration.windows == read(ENGLISH).windows
        assert not [remark for remark in declaration.remarks if remark.startswith("Not read")]
        for evidence in declaration.evidence.values():
            assert text[evidence.start : evidence.end] == evidence.quote
    assert set(prepare(ENGLISH + RUSSIAN).languages) == {"en", "ru"}


def test_a_statement_quoted_in_its_own_language_is_read():
    text = (
        "MOSCOW, 2 November 2016\n\nThe Russian Defence Ministry said of the humanitarian pause in "
        "Aleppo: «Она начнётся 4 ноября с 9:00 до 19:00»."
    )
    (sentence,) = [s for s in prepare(text).sentences if "ministry" in s.plain]
    assert "november" in sentence.plain
    declaration = read(text)
    assert [(w.start.isoformat(), w.end.isoformat()) for w in declaration.windows] == [
        ("2016-11-04T09:00:00", "2016-11-04T19:00:00")
    ]
    assert "4 ноября с 9:00 до 19:00" in declaration.evidence["windows"].quote


def test_a_word_in_other_letters_does_not_change_the_language():
    text = ENGLISH.replace("Aleppo", "Aleppo (Алеппо, حلب)")
    assert prepare(text).languages == ("en",)
    assert read(text).windows == read(ENGLISH).windows


def test_a_list_of_towns_is_in_no_language():
    towns = "San José del Guaviare, La Macarena, El Retorno, Los Llanos, Las Mesas, El Copey."
    text = prepare(ENGLISH + "\n" + towns)
    assert not text.remarks
    assert "macarena" in text.plain


def test_a_long_text_in_another_language_is_told_in_few_remarks():
    text = (
        ENGLISH * 20 + "\n" + "".join(f"{number} {OTHERS['French']}.\n\n" for number in range(20))
    )
    told = [remark for remark in read(text).remarks if remark.startswith("Not read")]
    assert len(told) <= 4
    assert told[-1].endswith("further stretches like these: 37.")


def test_too_few_words_show_no_language():
    assert likeliest(["алеппо", "хомс"]) is None
    assert likeliest([]) is None


@given(
    st.lists(
        st.sampled_from(sorted(corpus.FOLDER.glob("*.txt"))),
        min_size=2,
        max_size=3,
    ),
    st.sampled_from(["\n\n", "\n", " ", " «", " - "]),
)
@settings(max_examples=60, deadline=None)
def test_texts_in_any_languages_one_after_the_other_are_quoted_as_they_stand(paths, joint):
    text = joint.join(path.read_text("utf-8").strip() for path in paths)
    with suppress(NothingAnnounced):
        declaration = read(text)
        assert not [said for said in declaration.remarks if said.startswith("Not read")]
        for evidence in declaration.evidence.values():
            assert text[evidence.start : evidence.end] == evidence.quote
