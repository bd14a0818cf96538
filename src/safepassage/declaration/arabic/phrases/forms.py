"""Make the forms of Arabic verbs from their stems, and of acts from their nouns."""

from __future__ import annotations

import itertools

from safepassage.declaration.arabic.spelling import fold

__all__ = ["acts", "conjugated"]

_PAST_ENDINGS = ("", "ت", "وا", "ا", "تا", "نا")
_PRESENT_STARTS = ("ي", "ت", "ن")
_PRESENT_ENDINGS = ("", "ون", "وا", "ان", "ين")
_WEAK = ("ى", "ا")

_VERBS = """
# stem of the past, stem of the present, past English, present English
!ناشد ناشد = appealed to | appeals to
!طالب طالب (ب) = demanded | demands
!حث حث = urged | urges
!حض حض = urged | urges
!رجا رجو = asked for | asks for
!التمس لتمس = asked for | asks for
!اشترط شترط = demanded | demands
!طلب طلب = asked for | asks for
!دعا دعو (إلى) = called for | calls for
!أكد ؤكد = confirmed | confirms
!قرر قرر = decided | decides
!أمر أمر = ordered | orders
!أوعز وعز (ب|إلى) = ordered | orders
!وجه وجه ب = ordered | orders
!أقر قر = approved | approves
!سمح سمح (ل|ب|لكم) = allowed | allows
!أتاح تيح (ل|لكم) = allowed | allows
!منح منح = granted | grants
!خصص خصص = designated | designates
!حدد حدد = declared | declares
!أعلم علم = informed | informs
!أخطر خطر = informed | informs
!أبلغ بلغ = informed | informs
!أخبر خبر = informed | informs
!أحاط حيط علما = informed | informs
!أوضح وضح = explained | explains
!بين بين أن = explained | explains
!أضاف ضيف = added | adds
!تابع تابع = added | adds
!أردف ردف = added | adds
!استطرد ستطرد = added | adds
!أشار شير إلى = noted | notes
!لفت لفت إلى = noted | notes
!نوه نوه (ب|إلى) = noted | notes
!شدد شدد على = stressed | stresses
!صرح صرح (ب) = stated | states
!كشف كشف (عن) = revealed | reveals
!أعرب عرب عن = expressed | expresses
!عبر عبر عن = expressed | expresses
!أبدى بدي = expressed | expresses
!جدد جدد = confirmed | confirms
!ذكر ذكر (أن) = reported that | reports that
!أفاد فيد (ب|عن) (أن) = reported that | reports that
!أورد ورد (أن) = reported that | reports that
!روى روي = said | says
!قال قول = said | says
!زعم زعم = said | says
!ادعى دعي = said | says
!كتب كتب = wrote | writes
!غرد غرد = wrote | writes
!نشر نشر = published | publishes
!أصدر صدر = issued | issues
!وزع وزع = published | publishes
!أذاع ذيع = broadcast | broadcasts
!مدد مدد = extended | extends
!عرض عرض = offered | offers
!اقترح قترح = proposed | proposes
!أوقف وقف = suspended | halts
!علق علق = suspended | halts
!جمد جمد = suspended | halts
!وافق وافق على = agreed to | agrees to
!وافق وافق = agreed | agrees
!وقع وقع على = signed | signs
!وقع وقع = signed | signs
!صوت صوت ب الموافقة|القبول (على) = agreed to | agrees to
!صوت صوت ل صالح = agreed to | agrees to
!صادق صادق على = agreed to | agrees to
!قبل قبل ب = accepted | accepts
!ارتضى رتضي = accepted | accepts
!أيد ؤيد = supported | supports
!رفض رفض = rejected | rejects
!اعترض عترض على = rejected | rejects
!عارض عارض = opposed | opposes
!ندد ندد ب = denounced | denounces
!استنكر ستنكر = denounced | denounces
!أدان دين = denounced | denounces
!رحب رحب (ب) = welcomed | welcomes
!أشاد شيد ب = welcomed | welcomes
!ثمن ثمن = welcomed | welcomes
!التزم لتزم ب = pledged to respect | pledges to respect
!تعهد تعهد ب = pledged | pledges
!تعهد تعهد ب احترام|الالتزام|التزام|تنفيذ|تطبيق (ب) = pledged to respect | pledges to respect
!تجاهل تجاهل = ignored | ignores
!انسحب نسحب = withdrew | withdraws
!نفى نفي (صحة|وجود) = denied | denies
!كذب كذب = denied | denies
!ضمن ضمن = guaranteed | guarantees
!كفل كفل = guaranteed | guarantees
!أشرف شرف على = supervised | supervises
!راقب راقب = monitored | monitors
!رافق رافق = escorted | escorts
!واكب واكب = escorted | escorts
!استهدف ستهدف = attacked | attacks
!قصف قصف = shelled | shells
!هاجم هاجم = attacked | attacks
!خرق خرق = violated | violates
!انتهك نتهك = violated | violates
$انطلق نطلق = began | begins
$سرى سري (مفعول) = took effect | takes effect
$امتد متد = lasted | lasts
$استغرق ستغرق = lasted | lasts
$دام دوم = lasted | lasts
$شمل شمل = covered | covers
$غادر غادر = left | leaves
$خرج خرج = left | leaves
$نزح نزح = fled | flees
$انهار نهار = collapsed | collapses
$انتهى نتهي = ended | ends
$توقف توقف = stopped | stops
"""

_ACTS = """
opened = فتح|افتتاح
evacuated = إجلاء|إخلاء|إخراج
transferred = نقل
allowed = السماح
designated = تخصيص
set = تحديد
extended = تمديد
renewed = تجديد
stopped = وقف|إيقاف
suspended = تعليق
applied = تطبيق|تنفيذ
announced = الإعلان|إعلان
informed = إبلاغ
handed over = تسليم
delivered = إدخال|إيصال|توصيل
cancelled = إلغاء
postponed = تأجيل|إرجاء
closed = إغلاق
secured = تأمين
established = إقامة|إنشاء
agreed = الاتفاق|التوافق
reached = التوصل
"""
_HELPERS = {
    "will be": "سيتم|ستتم|سيجري|ستجري",
    "was": "تم|تمت|جرى|جرت",
    "is": "يتم|تتم|يجري|تجري",
    "was not": "لم يتم|تتم|يجر|تجر",
    "will not be": "لن يتم|تتم|يجري|تجري",
}
_TAILS = {"announced": "عن", "agreed": "على", "reached": "إلى", "allowed": "ل|ب"}


def conjugated(known: str) -> str:
    """Give a line for each past and present form of the verbs, but for what is known.

    Parameters
    ----------
    known
        Lines of a phrasebook; what they can be written as stays theirs.

    """
    taken = _written(known)
    lines: list[str] = []
    for words, english in _rows(_VERBS):
        sign, (past, present, *tail) = words[0], words[1:].split()
        then, _, now = english.partition(" | ")
        for forms, meaning in ((_past(past), then), (_present(present), now)):
            for form in forms:
                lines += _new(" ".join((form, *tail)), f"{sign}{meaning}", taken)
    return "\n".join(lines)


def acts(known: str) -> str:
    """Give a line for each act told by its noun, as "will be done the opening of"."""
    taken = _written(known)
    lines: list[str] = []
    for english, nouns in _rows(_ACTS):
        tail = f" ({_TAILS[english]})" if english in _TAILS else ""
        for helper, verbs in _HELPERS.items():
            negation, _, forms = verbs.rpartition(" ")
            lines += _new(f"{negation} {forms} {nouns}{tail}", f"{helper} {english}", taken)
    return "\n".join(lines)


def _past(stem: str) -> list[str]:
    if stem.endswith(_WEAK):  # "نفى، نفت، نفوا"
        return [stem, *(stem[:-1] + end for end in ("ت", "وا", "يا", "تا"))]
    return [stem + ending for ending in _PAST_ENDINGS]


def _present(stem: str) -> list[str]:
    forms = [f"{first}{stem}" for first in _PRESENT_STARTS]
    bare = stem[:-1] if stem[-1] in "يو" else stem
    return forms + [f"{first}{bare}{end}" for first in "يت" for end in _PRESENT_ENDINGS[1:]]


def _written(known: str) -> set[tuple[str, ...]]:
    """Give every way that lines can be written."""
    return {way for words, _ in _rows(known) for way in _ways(words)}


def _ways(words: str) -> list[tuple[str, ...]]:
    choices = [
        [*word.strip("()").split("|"), *([""] if word.startswith("(") else [])]
        for word in words.split()
    ]
    return [tuple(fold(form) for form in way if form) for way in itertools.product(*choices)]


def _new(words: str, english: str, taken: set[tuple[str, ...]]) -> list[str]:
    """Give a line for each way to write words that is not taken yet, and take it."""
    free = [way for way in _ways(words) if way not in taken]
    taken.update(free)
    return [f"{' '.join(way)} = {english}" for way in free]


def _rows(lines: str) -> list[tuple[str, str]]:
    rows = [line.partition("#")[0].partition("=") for line in lines.splitlines()]
    return [(left.strip(), right.strip()) for left, sign, right in rows if sign]
