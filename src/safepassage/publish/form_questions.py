"""Hold what a field form asks, in English and Arabic, and the words that its answers stand for."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CHOICES", "KINDS", "QUESTIONS", "Question", "Words", "word_of"]


@dataclass(frozen=True, slots=True)
class Words:
    """Say a thing in English and in Arabic."""

    en: str
    ar: str


NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one row of a form: what is asked, of which kind, when, and which answers can be meant.

    ``type`` is one of XLSForm's, or ``select_one`` with a list of ``CHOICES``. ``required`` is
    "yes" or XPath; ``relevant`` and ``constraint`` are XPath as XLSForm writes it; ``refused`` is
    said where the latter fails.
    """

    type: str
    name: str
    label: Words
    hint: Words = NOTHING
    relevant: str = ""
    required: str = ""
    constraint: str = ""
    refused: Words = NOTHING
    default: str = ""
    appearance: str = ""


def word_of(answer: str) -> str:
    """Give the ledger's word for an answer: an answer's name holds no blanks."""
    return answer.replace("_", " ")


KINDS = {
    "passage": Words("People who passed", "أشخاص عبروا"),
    "movement": Words("People reached, held, turned back, received", "أشخاص وصلوا أو احتُجزوا أو أُعيدوا أو استُقبلوا"),  # noqa: E501
    "incident": Words("An incident", "حادث"),
    "status": Words("A corridor open, closed or restricted", "ممر مفتوح أو مغلق أو مقيَّد"),
    "test_movement": Words("A test movement", "عبور تجريبي"),
    "note": Words("Something else", "شيء آخر"),
}  # fmt: skip

CHOICES: dict[str, dict[str, Words]] = {
    "report": KINDS,
    "counted": {
        "over": Words("In the time from … until …", "خلال المدة من … إلى …"),
        "in_all": Words("In all since counting began today", "المجموع منذ بدء العدّ اليوم"),
    },
    "carrying": {
        "unarmed": Words("Nobody carried arms", "لا أحد يحمل سلاحاً"),
        "armed": Words("All carried arms", "الجميع يحملون سلاحاً"),
        "mixed": Words("Some carried arms", "بعضهم يحمل سلاحاً"),
        "not_known": Words("Not known", "غير معروف"),
    },
    "stage": {
        "reached": Words("Reached the crossing", "وصلوا إلى المعبر"),
        "turned_back": Words("Turned back", "أُعيدوا"),
        "held": Words("Held", "احتُجزوا"),
        "released": Words("Released", "أُفرج عنهم"),
        "received": Words("Received at the far end", "استُقبلوا في الطرف الآخر"),
    },
    "what": {
        "shelling": Words("Shelling", "قصف مدفعي أو هاون"),
        "air_strike": Words("Air strike", "غارة جوية"),
        "shooting": Words("Shooting", "إطلاق نار"),
        "explosion": Words("Explosion", "انفجار"),
        "mine_or_remnant": Words("Mine or unexploded remnant", "لغم أو جسم غير منفجر"),
        "detention": Words("Detention", "احتجاز"),
        "obstruction": Words("Way blocked", "إعاقة المرور"),
        "looting": Words("Looting", "نهب"),
        "crowding": Words("Dangerous crowding", "ازدحام خطر"),
        "illness": Words("Illness", "مرض"),
        "traffic": Words("Traffic accident", "حادث سير"),
        "other": Words("Other", "غير ذلك"),
    },
    "state": {
        "open": Words("Open", "مفتوح"),
        "closed": Words("Closed", "مغلق"),
        "restricted": Words("Restricted", "مقيَّد"),
        "unknown": Words("Not known", "غير معروف"),
    },
    "result": {
        "started": Words("Started", "بدأ"),
        "passed": Words("Passed", "عَبَرَ"),
        "failed": Words("Failed", "فشل"),
    },
    "means": {
        "eyewitness_count": Words("Saw it myself", "رأيته بنفسي"),
        "tally_sheet": Words("From a tally sheet", "من ورقة عدّ"),
        "radio": Words("By radio", "عبر اللاسلكي"),
        "phone": Words("By phone", "عبر الهاتف"),
        "message": Words("By message", "عبر رسالة"),
        "announcement": Words("From an announcement", "من إعلان"),
        "third_party": Words("From somebody else", "من طرف ثالث"),
        "not_known": Words("Not known", "غير معروف"),
    },
    "how_sure": {
        "observed": Words("Seen, not checked", "شوهد ولم يُتحقق منه"),
        "verified": Words("Seen and checked", "شوهد وتم التحقق منه"),
        "reported": Words("Told by somebody", "أُبلغ عنه"),
        "alleged": Words("Said by one side", "ادعاء من أحد الأطراف"),
    },
}

_OF_PASSAGE = "${report} = 'passage'"
_OF_MOVEMENT = "${report} = 'movement'"
_OF_PEOPLE = f"{_OF_PASSAGE} or {_OF_MOVEMENT}"
_OF_INCIDENT = "${report} = 'incident'"
_OF_STATUS = "${report} = 'status'"
_OVER = f"{_OF_PASSAGE} and ${{counted}} = 'over'"
_NO_LONG_NUMBER = "not(regex(., '[\\s\\S]*[0-9٠-٩۰-۹]{7,}[\\s\\S]*'))"
_NO_NAMES = Words(
    "No names, phone numbers, addresses or positions: they are refused.",
    "لا أسماء ولا أرقام هواتف ولا عناوين ولا إحداثيات: سيتم رفضها.",
)
_WHOLE = Words("A whole number, 0 to 1,000,000", "عدد صحيح من 0 إلى 1,000,000")
_COUNT = ". >= 0 and . <= 1000000"

QUESTIONS: tuple[Question, ...] = (
    Question(
        "select_one report", "report", Words("What do you report?", "عمّ تُبلِّغ؟"), required="yes"
    ),
    Question(
        "select_one corridor",
        "corridor",
        Words("Which corridor?", "أي ممر؟"),
        Words("For an incident: the one it concerns", "للحادث: الممر الذي يعنيه"),
        required="yes",
    ),
    Question(
        "select_one counted",
        "counted",
        Words("How was it counted?", "كيف تم العدّ؟"),
        relevant=_OF_PASSAGE,
        required="yes",
        default="over",
    ),
    Question(
        "dateTime",
        "since",
        Words("Counted from", "العدّ من"),
        relevant=_OVER,
        required="yes",
        constraint=". <= now()",
        refused=Words("This time is still to come.", "هذا الوقت لم يأتِ بعد."),
    ),
    Question(
        "dateTime",
        "happened_at",
        Words("When?", "متى؟"),
        Words("For a count: when it ended", "للعدّ: وقت انتهائه"),
        required="yes",
        default="now()",
        constraint=". <= now() and (not(${counted} = 'over') or . >= ${since})",
        refused=Words(
            "Not after now, and not before the count began.", "ليس بعد الآن ولا قبل بدء العدّ."
        ),
    ),
    Question(
        "integer",
        "people",
        Words("How many people?", "كم عدد الأشخاص؟"),
        Words("Your best figure; 0 if nobody", "أفضل تقدير لديك؛ 0 إن لم يعبر أحد"),
        relevant=_OF_PEOPLE,
        required="yes",
        constraint=_COUNT,
        refused=_WHOLE,
    ),
    Question(
        "integer",
        "people_low",
        Words("No fewer than", "ليس أقل من"),
        Words("Only if you are not sure", "فقط إن لم تكن متأكداً"),
        relevant=_OF_PEOPLE,
        constraint=". >= 0 and . <= ${people}",
        refused=Words("Not more than the best figure", "ليس أكثر من أفضل تقدير"),
    ),
    Question(
        "integer",
        "people_high",
        Words("No more than", "ليس أكثر من"),
        Words("Only if you are not sure", "فقط إن لم تكن متأكداً"),
        relevant=_OF_PEOPLE,
        constraint=". >= ${people} and . <= 1000000",
        refused=Words("Not less than the best figure", "ليس أقل من أفضل تقدير"),
    ),
    Question(
        "select_one carrying",
        "carrying",
        Words("Did they carry arms?", "هل كانوا يحملون سلاحاً؟"),
        relevant=_OF_PASSAGE,
        default="not_known",
    ),
    Question(
        "select_one stage",
        "stage",
        Words("What happened to them?", "ماذا حدث لهم؟"),
        relevant=_OF_MOVEMENT,
        required="yes",
    ),
    Question(
        "select_one what",
        "what",
        Words("What happened?", "ماذا حدث؟"),
        relevant=_OF_INCIDENT,
        required="yes",
    ),
    Question(
        "integer",
        "times",
        Words("How many impacts or shots?", "كم عدد القذائف أو الطلقات؟"),
        Words("Only if somebody counted", "فقط إن قام أحد بعدّها"),
        relevant=_OF_INCIDENT,
        constraint=". >= 1 and . <= 10000",
        refused=Words("1 to 10,000", "من 1 إلى 10,000"),
    ),
    Question(
        "integer",
        "killed",
        Words("How many killed?", "كم عدد القتلى؟"),
        Words("Leave empty if not known", "اتركه فارغاً إن لم يكن معروفاً"),
        relevant=_OF_INCIDENT,
        constraint=_COUNT,
        refused=_WHOLE,
    ),
    Question(
        "integer",
        "injured",
        Words("How many injured?", "كم عدد الجرحى؟"),
        Words("Leave empty if not known", "اتركه فارغاً إن لم يكن معروفاً"),
        relevant=_OF_INCIDENT,
        constraint=_COUNT,
        refused=_WHOLE,
    ),
    Question(
        "text",
        "place",
        Words("Where?", "أين؟"),
        Words("The name of an area, never an address", "اسم منطقة، وليس عنواناً"),
        relevant=_OF_INCIDENT,
        constraint=f"string-length(.) <= 120 and {_NO_LONG_NUMBER}",
        refused=Words("The name of an area, at most 120 signs", "اسم منطقة، 120 حرفاً على الأكثر"),
    ),
    Question(
        "select_one state",
        "state",
        Words("How is the corridor?", "ما حالة الممر؟"),
        relevant=_OF_STATUS,
        required="yes",
    ),
    Question(
        "text",
        "by",
        Words("By whom?", "من قِبَل مَن؟"),
        Words(
            "A side, an authority or an organisation; never a person",
            "طرف أو سلطة أو منظمة؛ وليس شخصاً",
        ),
        relevant=f"{_OF_STATUS} or {_OF_MOVEMENT}",
        constraint=f"string-length(.) <= 120 and {_NO_LONG_NUMBER}",
        refused=Words(
            "At most 120 signs, and no long number", "120 حرفاً على الأكثر، وبلا أرقام طويلة"
        ),
    ),
    Question(
        "select_one result",
        "result",
        Words("How did it go?", "كيف جرى؟"),
        relevant="${report} = 'test_movement'",
        required="yes",
    ),
    Question(
        "select_one means",
        "means",
        Words("How do you know?", "كيف علمت بذلك؟"),
        required="yes",
        default="eyewitness_count",
    ),
    Question(
        "select_one how_sure",
        "how_sure",
        Words("How sure is it?", "ما مدى التأكد؟"),
        required="yes",
        default="observed",
    ),
    Question(
        "text",
        "text",
        Words("Anything else that matters", "أي شيء آخر مهم"),
        _NO_NAMES,
        required="${report} = 'note'",
        constraint=f"string-length(.) <= 2000 and {_NO_LONG_NUMBER}",
        refused=_NO_NAMES,
        appearance="multiline",
    ),
)
"""What is asked, in order. Nothing asks for a name, a position, a picture or the phone itself."""
