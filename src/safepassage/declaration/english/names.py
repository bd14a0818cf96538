"""Hold the English names of those who announce, answer and report, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["GENERIC", "HEADS", "NAMED", "ActorKind", "Head"]

ActorKind = Literal[
    "ministry", "army", "government", "person", "group", "body", "media", "state", "capital"
]


@dataclass(frozen=True, slots=True)
class Head:
    """Name an office or body that a state has, and how it is written."""

    pattern: str
    kind: ActorKind
    title: str


HEADS = (
    Head(r"(?:ministry of defen[cs]e|defen[cs]e ministry)", "ministry", "Defence Ministry"),
    Head(r"(?:ministry of foreign affairs|foreign (?:affairs )?ministry)", "ministry", "Foreign Ministry"),
    Head(r"(?:ministry of the interior|interior ministry)", "ministry", "Interior Ministry"),
    Head(r"ministry for (?:the )?reintegration[\w ]{0,40}territories", "ministry", "Ministry of Reintegration"),
    Head(
        r"(?:arab )?(?:army|army's|military's|military|armed forces)(?: high| general)? "
        r"command", "army", "Army Command"),
    Head(r"high command", "army", "Army Command"),
    Head(r"(?:[a-z]+ )?general staff", "army", "General Staff"),
    Head(r"(?:national |air |naval )?armed forces", "army", "Armed Forces"),
    Head(r"(?:arab |national )?army", "army", "Army"),
    Head(r"air force", "army", "Air Force"),
    Head(
        r"(?:military|troops|forces)(?! (?:operation|action|base|aid|activit|campaign|"
        r"aircraft|equipment))", "army", "Military"),
    Head(r"reconciliation cent(?:re|er)", "ministry", "Reconciliation Centre"),
    Head(r"(?:joint |humanitarian )?coordination (?:cent(?:re|er)|headquarters)", "ministry", "Coordination Centre"),
    Head(r"(?:state|national) (?:news agency|television|tv|media)", "media", "State Media"),
    Head(r"(?:deputy )?prime minister", "person", "Prime Minister"),
    Head(r"defen[cs]e minister", "person", "Defence Minister"),
    Head(r"foreign minister", "person", "Foreign Minister"),
    Head(r"president(?!ial)", "person", "President"),
    Head(r"(?:government|cabinet|authorities|regime(?! of (?:silence|calm|quiet)))", "government", "Government"),
)  # fmt: skip

NAMED: tuple[tuple[str, str, ActorKind, str | None], ...] = (
    (
        r"united nations(?: secretary-general| secretary general| security council)?|u\.n\.|"
        r"un(?= )", "United Nations", "body", None),
    (r"international committee of the red cross|icrc|red cross", "International Committee of the Red Cross", "body", None),
    (r"(?:syrian arab |sudanese |palestine )?red crescent", "Red Crescent", "body", None),
    (r"(?:un )?ocha", "OCHA", "body", None),
    (r"world health organi[sz]ation", "World Health Organization", "body", None),
    (r"security council", "United Nations Security Council", "body", None),
    (r"african union", "African Union", "body", None),
    (r"arab league", "Arab League", "body", None),
    (r"european union", "European Union", "body", None),
    (r"nato", "NATO", "body", None),
    (r"osce", "OSCE", "body", None),
    (r"kremlin", "Kremlin", "government", "RU"),
    (r"white house", "White House", "government", "US"),
    (r"pentagon", "Pentagon", "ministry", "US"),
    (r"state department", "State Department", "ministry", "US"),
    (r"israel defen[cs]e forces|idf", "Israel Defense Forces", "army", "IL"),
    (r"sudanese armed forces|saf", "Sudanese Armed Forces", "army", "SD"),
    (r"rapid support forces|rsf", "Rapid Support Forces", "group", "SD"),
    (r"hamas", "Hamas", "group", None),
    (r"islamic jihad", "Islamic Jihad", "group", None),
    (r"hezbollah|hizbullah", "Hezbollah", "group", None),
    (r"houthis?(?: movement| rebels| group)?|ansar allah", "Houthi movement", "group", None),
    (r"saudi-led coalition", "Saudi-led coalition", "army", "SA"),
    (r"taliban", "Taliban", "group", None),
    (r"free syrian army|fsa", "Free Syrian Army", "group", None),
    (r"syrian democratic forces|sdf", "Syrian Democratic Forces", "group", None),
    (r"ja(?:ysh|ish) al-islam", "Jaysh al-Islam", "group", None),
    (r"failaq al-rahman|faylaq al-rahman", "Faylaq al-Rahman", "group", None),
    (r"ahrar al-sham", "Ahrar al-Sham", "group", None),
    (r"nour al-din al-zinki|nureddin zinki|zinki", "Nour al-Din al-Zinki", "group", None),
    (r"hayat tahrir al-sham|hts", "Hayat Tahrir al-Sham", "group", None),
    (r"(?:al-)?nusra front|fatah al-sham|jabhat (?:fatah al-sham|al-nusra)", "Fatah al-Sham", "group", None),
    (r"m23", "M23", "group", None),
    (r"tigray people's liberation front|tplf", "Tigray People's Liberation Front", "group", None),
    (r"farc", "FARC", "group", None),
    (r"eln|national liberation army", "ELN", "group", None),
    (r"tamil tigers|ltte", "LTTE", "group", None),
    (r"arakan army", "Arakan Army", "group", None),
    (r"kachin independence army", "Kachin Independence Army", "group", None),
    (r"donetsk people's republic|dpr", "Donetsk People's Republic", "group", None),
    (r"luhansk people's republic|lugansk people's republic|lpr", "Luhansk People's Republic", "group", None),
    (r"reuters", "Reuters", "media", None),
    (r"associated press|(?:the )?ap(?=[ ,).]|$)", "Associated Press", "media", None),
    (r"agence france-presse|afp", "AFP", "media", None),
    (r"tass", "TASS", "media", None),
    (r"interfax-ukraine", "Interfax-Ukraine", "media", None),
    (r"interfax", "Interfax", "media", None),
    (r"ria novosti|ria", "RIA Novosti", "media", None),
    (r"rbc", "RBC", "media", None),
    (r"sana(?= |,|\.)", "SANA", "media", None),
    (r"xinhua", "Xinhua", "media", None),
    (r"al[- ]jazeera", "Al Jazeera", "media", None),
    (r"al[- ]arabiya", "Al Arabiya", "media", None),
    (r"al[- ]mayadeen", "Al Mayadeen", "media", None),
    (r"bbc", "BBC", "media", None),
    (r"cnn", "CNN", "media", None),
    (r"anadolu(?: agency)?", "Anadolu", "media", None),
    (r"ukrinform", "Ukrinform", "media", None),
    (r"unian", "UNIAN", "media", None),
    (r"kommersant", "Kommersant", "media", None),
    (r"vedomosti", "Vedomosti", "media", None),
    (r"haaretz", "Haaretz", "media", None),
    (r"dpa", "dpa", "media", None),
    (r"syrian observatory for human rights|sohr", "Syrian Observatory for Human Rights", "media", None),
)  # fmt: skip
"""Names with the way the project writes them. Acronyms count only in capitals."""

GENERIC = (
    r"(?:(?:the )?leaders of (?:all )?(?:the )?)?(?:(?:syrian|armed|main|several|all|most|"
    r"other|some|local|moderate|islamist|pro-russian|"
    r"pro-russia|russian-backed|non-state|the|two|three) ){0,3}"
    r"(?:(?:armed |syrian )?opposition(?: groups| factions| fighters| forces| commanders| "
    r"leaders)?|rebels|"
    r"(?:rebel|insurgent|opposition|militant|separatist|armed|local) (?:groups|group|factions|"
    r"forces|fighters|commanders|leaders|councils?|"
    r"alliance|coalition)|insurgents|militants|separatists|fighters inside the city|warring "
    r"(?:parties|sides)|both (?:sides|parties|armies)|"
    r"(?:the )?two sides|(?:the )?(?:parties|sides) (?:to the conflict|involved)|all (?:sides|"
    r"parties)|local council|city council)"
)
