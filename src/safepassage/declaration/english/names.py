"""Hold the English names of those who announce, answer and report, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "BODIES",
    "GENERIC",
    "GROUPS",
    "HEADS",
    "HOMES",
    "MEDIA",
    "NO_ACRONYM",
    "OF_STATES",
    "ORGANISED",
    "ActorKind",
    "Head",
]

ActorKind = Literal[
    "ministry",
    "army",
    "government",
    "person",
    "group",
    "body",
    "media",
    "state",
    "capital",
    "office",
]


@dataclass(frozen=True, slots=True)
class Head:
    """Name an office or body that a state has, and how it is written."""

    pattern: str
    kind: ActorKind
    title: str


HEADS = (
    Head(r"(?:ministry of defen[cs]e|defen[cs]e ministry)", "ministry", "Defence Ministry"),
    Head(
        r"(?:ministry of foreign affairs|foreign (?:affairs )?ministry)",
        "ministry",
        "Foreign Ministry",
    ),
    Head(
        r"(?:ministry of (?:the interior|(?:internal|home) affairs)|"
        r"(?:interior|internal affairs) ministry)",
        "ministry",
        "Interior Ministry",
    ),
    Head(
        r"ministry (?:for|of) (?:the )?reintegration(?:[\w ]{0,40}territories)?",
        "ministry",
        "Ministry of Reintegration",
    ),
    Head(
        r"(?:arab )?(?:army|army's|military's|military|armed forces)(?: high| general)? "
        r"command",
        "army",
        "Army Command",
    ),
    Head(r"high command", "army", "Army Command"),
    Head(r"(?:[a-z]+ )?general staff", "army", "General Staff"),
    Head(r"(?:national |air |naval )?armed forces", "army", "Armed Forces"),
    Head(r"(?:arab |national |government )?army", "army", "Army"),
    Head(r"air force", "army", "Air Force"),
    Head(
        r"(?:military|troops|forces|officers|soldiers|servicemen)(?! (?:operation|action|base|aid|"
        r"activit|campaign|"
        r"aircraft|equipment|police))",
        "army",
        "Military",
    ),
    Head(
        r"(?:reconciliation cent(?:re|er)|cent(?:re|er) for (?:the )?reconciliation(?: of (?:the )?"
        r"(?:opposing|warring|conflicting) (?:sides|parties))?(?: in syria)?)",
        "ministry",
        "Reconciliation Centre",
    ),
    Head(r"joint (?:operations|forces) command", "army", "Joint Operations Command"),
    Head(r"(?:federal )?(?:navy|naval command)", "army", "Navy"),
    Head(
        r"(?:ruling )?(?:(?:military|state administration) council|military (?:government|"
        r"authorities|administration(?! of)|junta|rulers)|junta)",
        "army",
        "Military Council",
    ),
    Head(r"emergenc(?:y|ies) (?:ministry|service)", "ministry", "Emergencies Ministry"),
    Head(
        r"(?:joint |humanitarian )?coordination (?:cent(?:re|er)|headquarters)",
        "ministry",
        "Coordination Centre",
    ),
    Head(r"(?:state|national) (?:news agency|television|tv|media)", "media", "State Media"),
    Head(r"(?:deputy )?prime minister", "person", "Prime Minister"),
    Head(r"defen[cs]e minister", "person", "Defence Minister"),
    Head(r"foreign minister", "person", "Foreign Minister"),
    Head(r"(?:vice|deputy) president", "person", "Vice President"),
    Head(r"president(?!ial)", "person", "President"),
    Head(
        r"(?:government|cabinet|authorities|officials?|leadership|presidential council|sovereign "
        r"council|"
        r"administration|side(?! (?:by|street|road|effect|entrance|door|line|deal))|"
        r"regime(?! of (?:silence|calm|quiet)))",
        "government",
        "Government",
    ),
)
"""Offices and bodies that any state has; the first that fits counts."""

# Each table maps a name as the project writes it to a pattern of how it is written.
BODIES = {
    "United Nations": (
        r"united nations(?: secretary-general| secretary general| security council)?|u\.n\.|"
        r"un(?= )|"
        r"un's|(?:office of the )?(?:un |united nations )?special (?:envoy|representative) of the "
        r"(?:un |united nations )?secretary-general(?: (?:for|to|in) [a-z]+)?|"
        r"office of the (?:un )?special envoy(?: (?:for|to) [a-z]+)?|un special envoy|"
        r"(?:resident and )?humanitarian coordinator|secretary-general"
    ),
    "International Committee of the Red Cross": (
        r"international committee of the red cross|icrc|red cross"
    ),
    "Red Crescent": r"(?:syrian arab |sudanese |palestine )?red crescent",
    "OCHA": r"(?:un )?ocha",
    "World Health Organization": (
        r"world health organi[sz]ation|who(?= (?:representative|said|team))"
    ),
    "United Nations Security Council": r"security council",
    "African Union": r"african union",
    "Arab League": r"arab league",
    "European Union": r"european union",
    "NATO": r"nato",
    "OSCE": r"osce",
    "Trilateral Contact Group": r"trilateral contact group",
    "CSCE": r"csce",
    "Joint Centre for Control and Coordination": (
        r"joint cent(?:re|er) (?:for|on) (?:the )?(?:ceasefire )?control and coordination[\w "
        r"]{0,40}?"
        r"(?= said|,|\.|$)|jccc"
    ),
    "ECOWAS": r"ecowas|economic community of west african states",
    "IGAD": r"igad|intergovernmental authority on development",
    "SADC": r"sadc",
    "East African Community": r"east african community|eac",
    "Commonwealth of Independent States": r"commonwealth of independent states|cis",
    "Collective Security Treaty Organization": r"collective security treaty organi[sz]ation|csto",
    "Organisation of Islamic Cooperation": r"organi[sz]ation of islamic cooperation|oic",
    "Gulf Cooperation Council": r"gulf cooperation council|gcc",
    "Holy See": r"holy see|vatican",
    "Catholic Church": r"(?:roman )?catholic church",
    "Community of Sant'Egidio": r"(?:community of )?sant'egidio",
    "Médecins Sans Frontières": r"m[eé]decins sans fronti[eè]res|doctors without borders|msf",
    "UNHCR": r"unhcr|un refugee agency",
    "UNICEF": r"unicef",
    "World Food Programme": r"world food programme|wfp",
    "UNMISS": r"unmiss|un mission in south sudan",
    "UNIFIL": r"unifil",
    "MINUSMA": r"minusma",
    "MINUSCA": r"minusca",
    "MONUSCO": r"monusco",
    "UNAMID": r"unamid",
    "UNMHA": r"unmha",
    "UNAMA": r"unama",
    "UNPROFOR": r"unprofor|(?:un|united nations) protection force",
    "White Helmets": r"white helmets",
    "Human Rights Watch": r"human rights watch",
    "Norwegian Refugee Council": r"norwegian refugee council|nrc",
}
"""International bodies and relief organisations."""
GROUPS = {
    "Hamas": r"hamas(?: movement)?",
    "Fatah": r"fatah(?: movement)?(?! al)",
    "Islamic Jihad": r"islamic jihad",
    "Hezbollah": r"hezbollah|hizbullah",
    "Houthi movement": (
        r"houthis?(?: movement| rebels| group| side| militia)?|ansar allah|ansarullah|"
        r"supreme political council"
    ),
    "Taliban": r"taliban",
    "Libyan National Army": r"libyan national army(?: \(lna\))?|lna|libyan arab armed forces",
    "Free Syrian Army": r"free syrian army|fsa",
    "Syrian Democratic Forces": r"syrian democratic forces|sdf",
    "Jaysh al-Islam": r"ja(?:ysh|ish) al-islam",
    "Faylaq al-Rahman": r"failaq al-rahman|faylaq al-rahman",
    "Ahrar al-Sham": r"ahrar al-sham",
    "Nour al-Din al-Zinki": r"nour al-din al-zinki|nureddin zinki|zinki",
    "Hayat Tahrir al-Sham": r"hayat tahrir al-sham|hts",
    "Fatah al-Sham": r"(?:al-)?nusra front|fatah al-sham|jabhat (?:fatah al-sham|al-nusra)",
    "M23": r"m23(?: rebels| movement)?",
    "Tigray People's Liberation Front": (
        r"tigray people's liberation front|tplf|tigray(?:an)? (?:forces|leadership|authorities|"
        r"rebels|leaders)"
    ),
    "Yugoslav Army": (
        r"yugoslav (?:federal |people's )?(?:army|military|forces|navy)|jna(?![a-z])"
    ),
    "FARC": r"farc(?:-ep)?(?: rebels| guerrillas)?|revolutionary armed forces of colombia",
    "ELN": r"eln(?: rebels| guerrillas)?|national liberation army(?: \(eln\))?",
    "Polisario Front": r"polisario(?: front)?",
    "Mahdi Army": r"mahdi army",
    "Internal Security Forces": r"internal security forces|asayish",
    "Nagorno-Karabakh authorities": (
        r"(?:nagorno-)?karabakh (?:armenian )?(?:authorities|government|leadership|side)|"
        r"(?:authorities|government|leadership|presidency) (?:of|in) (?:nagorno-karabakh|artsakh)|"
        r"artsakh (?:authorities|government|leadership)|nagorno-karabakh defen[cs]e army|"
        r"(?:authorities|government|leadership|leaders|officials|armenians) (?:of|in) stepanakert"
    ),
    "LTTE": (
        r"tamil tigers?(?: rebels| guerrillas)?|liberation tigers(?: of tamil eelam)?|"
        r"ltte(?: rebels)?|(?<=the )tigers"
    ),
    "Bosniaks": (
        r"(?:bosnian )?(?:muslims?|bosniaks?)(?: and (?=croat))?"
        r"(?: (?:side|forces|army|authorities|commanders?|leaders(?:hip)?))"
        r"|bosniaks|bosnian muslims|muslim(?= and croat\w* sides)"
    ),
    "Bosnian Croats": (
        r"bosnian croats?(?: (?:side|forces|army|authorities|commanders?|leaders(?:hip)?))?|"
        r"croat(?= and (?:muslim|bosniak|bosnian))|(?<=muslim and )croat(?:ian)? sides|"
        r"croatian defen[cs]e council|hvo"
    ),
    "CNDP": r"cndp(?: rebels)?|national congress for the defence of the people",
    "LURD": (
        r"(?:rebels of (?:the )?)?lurd(?: rebels)?|"
        r"liberians united for reconciliation and democracy"
    ),
    "Abkhazia": (
        r"abkhaz(?:ian)?(?: (?:side|authorities|government|leadership|forces|army))|"
        r"(?<=, )abkhazia(?= and)|abkhazia(?= (?:agreed|signed|accepted|has|have|rejected))"
    ),
    "South Ossetia": (
        r"south ossetian(?: (?:side|authorities|government|leadership|forces|militias?|"
        r"separatists))|south ossetia(?= (?:agreed|signed|accepted|has|have|rejected|refused|"
        r"backed|"
        r"did))"
    ),
    "Fatah al-Islam": r"fatah al-islam",
    "Azov Regiment": r"azov (?:regiment|battalion|brigade|fighters)",
    "Osbat al-Ansar": r"(?:osbat|asbat|usbat) al-ansar",
    "Moro Islamic Liberation Front": r"moro islamic liberation front(?: \(milf\))?|milf",
    "SPLA-IO": r"spl[am]-io|spla/m-io|splm/a[- ]io|splm/?a? in opposition",
    "SPLM": r"splm(?=/nuba)/nuba|splm/a|splm|splm-nuba",
    "Arakan Army": r"arakan army",
    "Kachin Independence Army": r"kachin independence army",
    "Bosnian Serb Army": (
        r"bosnian serb(?:s| army| forces| military| side| commanders?| leaders(?:hip)?)?|"
        r"army of republika srpska"
    ),
    "Al-Shabaab": r"al[- ]shabaab",
    "Boko Haram": r"boko haram",
    "Islamic State": r"islamic state(?: group)?|isis|isil|daesh",
    "PKK": r"pkk|kurdistan workers' party",
    "YPG": r"ypg|people's protection units",
    "SPLM-N": r"splm-n",
    "AFC": r"congo river alliance|afc(?:/m23)?",
    "Donetsk People's Republic": (
        r"donetsk people's republic|dpr|(?:authorities|leadership) (?:of|in) donetsk"
    ),
    "Luhansk People's Republic": (
        r"luhansk people's republic|lugansk people's republic|lpr|"
        r"(?:authorities|leadership) (?:of|in) luhansk"
    ),
}
"""Armed groups that act for no recognised state."""
HOMES = {
    "Hezbollah": "LB", "Houthi movement": "YE", "Taliban": "AF", "Libyan National Army": "LY",
    "Free Syrian Army": "SY", "Syrian Democratic Forces": "SY", "Jaysh al-Islam": "SY",
    "Faylaq al-Rahman": "SY", "Ahrar al-Sham": "SY", "Hayat Tahrir al-Sham": "SY",
    "Fatah al-Sham": "SY", "M23": "CD", "AFC": "CD", "Tigray People's Liberation Front": "ET",
    "FARC": "CO", "ELN": "CO", "LTTE": "LK", "Arakan Army": "MM", "Kachin Independence Army": "MM",
    "Donetsk People's Republic": "UA", "Luhansk People's Republic": "UA", "SPLA-IO": "SS",
    "SPLM-N": "SD", "Rapid Support Forces": "SD", "Al-Shabaab": "SO", "Boko Haram": "NG",
    "Bosnian Serb Army": "BA",
}  # fmt: skip
"""Countries in which groups fight: a bare "the army" beside them is that country's."""
MEDIA = {
    "SUNA": r"suna",
    "KUNA": r"kuna",
    "WAM": r"wam(?=[ ,.:)]|$)",
    "SPA": r"spa(?=[ ,.:)]|$)",
    "MENA": r"mena(?=[ ,.:)]|$)",
    "ANSA": r"ansa",
    "EFE": r"efe",
    "PTI": r"pti",
    "IRNA": r"irna",
    "WAFA": r"wafa",
    "Reuters": r"reuters",
    "Associated Press": r"associated press|(?:the )?ap(?=[ ,).]|$)",
    "AFP": r"agence france-presse|afp",
    "TASS": r"tass",
    "Interfax-Ukraine": r"interfax-ukraine",
    "Interfax": r"interfax",
    "RIA Novosti": r"ria novosti|ria",
    "RBC": r"rbc",
    "SANA": r"sana(?=[ ,.:)]|$)",
    "Xinhua": r"xinhua",
    "Al Jazeera": r"al[- ]jazeera",
    "Al Arabiya": r"al[- ]arabiya",
    "Al Mayadeen": r"al[- ]mayadeen",
    "BBC": r"bbc",
    "CNN": r"cnn",
    "Anadolu": r"anadolu(?: agency)?",
    "Ukrinform": r"ukrinform",
    "UNIAN": r"unian",
    "Kommersant": r"kommersant",
    "Vedomosti": r"vedomosti",
    "Haaretz": r"haaretz",
    "dpa": r"dpa",
    "Syrian Observatory for Human Rights": r"syrian observatory for human rights|sohr",
}
"""News agencies, outlets and monitors."""
OF_STATES: dict[str, tuple[str, ActorKind, str]] = {
    "Kremlin": (r"kremlin", "government", "RU"),
    "White House": (r"white house", "government", "US"),
    "Pentagon": (r"pentagon", "ministry", "US"),
    "US Secretary of State": (
        r"(?:us |u\.s\. |american )?secretary of state(?: of the united states)?",
        "ministry",
        "US",
    ),
    "Anti-Terrorist Operation": (
        (
            r"(?:(?:headquarters|command|staff|press cent(?:re|er)|press service|leadership) of "
            r"the )?"
            r"(?:ukrainian )?anti-terrorist operation(?: headquarters| command| staff| forces)?|"
            r"ato (?:headquarters|command|staff|forces|press cent(?:re|er))"
        ),
        "army",
        "UA",
    ),
    "State Department": (r"state department", "ministry", "US"),
    "Israel Defense Forces": (r"israel defen[cs]e forces|idf", "army", "IL"),
    "Sudanese Armed Forces": (r"sudanese armed forces|saf", "army", "SD"),
    "Rapid Support Forces": (r"rapid support forces|rsf", "group", "SD"),
    "Saudi-led coalition": (
        r"(?:saudi|arab|saudi-arab|riyadh)-led (?:military |arab )?coalition|arab coalition",
        "army",
        "SA",
    ),
    "National Unity Government": (r"national unity government|nug(?![a-z])", "government", "MM"),
    "National Transitional Council": (
        r"national transitional council|transitional national council|ntc(?![a-z])",
        "government",
        "LY",
    ),
    "Coalition": (
        (
            r"coalition(?: (?:forces|command))?(?! (?:government|partners?|part(?:y|ies)|talks|of|"
            r"agreement))"
        ),
        "army",
        "",
    ),
    "Government of National Accord": (
        r"government of national accord|gna(?![a-z])",
        "government",
        "LY",
    ),
}
"""Bodies of a state with a name of their own: pattern, kind, country."""


GENERIC = (
    r"(?:(?:the )?leaders of (?:all )?(?:the )?)?(?:(?:syrian|armed|main|several|all|most|"
    r"other|some|local|moderate|islamist|pro-russian|anti-government|communist|maoist|chechen|"
    r"abkhaz|ossetian|kurdish|croat|albanian|tigrayan|palestinian|darfur|shiite|sunni|resistance|"
    r"pro-russia|russian-backed|non-state|the|two|three) ){0,3}"
    r"(?:(?:armed |syrian )?opposition(?:"
    r" council| coalition| bloc| alliance| movement| groups| factions|"
    r" fighters| forces| commanders| "
    r"leaders)?|rebels|gunmen|"
    r"(?:former|ousted|deposed|toppled) (?:[a-z]+ )?(?:government|regime|rulers)|"
    r"loyalists(?: of (?:the )?(?:[\w-]+ ){0,2}(?:government|regime|ruler|leader|president))?|"
    r"(?:rebel|insurgent|opposition|militant|separatist|armed|local|resistance|guerrilla|kurdish|"
    r"tribal|breakaway|self-proclaimed|palestinian|chechen) "
    r"(?:groups|group|factions|forces|fighters|commanders|leaders|councils?|"
    r"command|headquarters|authorities|"
    r"committees?|movement|leadership|negotiators?|"
    r"alliance|coalition)|insurgents|militants|separatists|guerrillas|field commanders|"
    r"federal (?:forces|troops|command)|fighters inside the city|warring "
    r"(?:parties|sides)|both (?:sides|parties|armies)|"
    r"(?:the )?two sides|(?:the )?(?:parties|sides) (?:to the conflict|involved)|"
    r"(?:the )?(?:parties|sides)(?= (?:have |has |had |both |also )?(?:agreed|agree|accepted|"
    r"signed|reached|confirmed|given|gave|undertook|pledged|promised|approved)\b)|"
    r"all (?:sides|"
    r"parties)|local council|city council|local authorit(?:y|ies)|"
    r"(?:(?:tribal|village|clan|community|local|religious|church|druze|arab|kurdish) ){1,2}"
    r"(?:elders|sheikhs|notables|dignitaries|mediators|clergy)|"
    r"(?:(?:local|tribal|joint|national|civil|peace) ){0,2}(?:mediation|reconciliation|ceasefire|"
    r"security|"
    r"peace|neighbou?rhood|district|town|village|camp|roads?|negotiati(?:ng|ons?)|crisis) "
    r"(?:committee|commission)|self-defen[cs]e forces)"
)

ORGANISED = (
    r"(?:[A-Z][\w'-]{1,20} (?:(?:of|for|and|the|in) ){0,2}){1,4}(?:Front|Army|Movement|Brigades?|"
    r"Council|Union|Party|League|Alliance|Forces?|Committee|Commission|Organi[sz]ation|Authority|"
    r"Mission|Federation|Coalition|Battalion|Militia|Resistance|Tigers|Guard|Guards|Command|"
    r"Tribes|Assembly|Directorate|Administration|Patriarchate)"
    r"(?: (?:of|for) (?:the )?(?:[A-Z][\w'-]{1,20} ?(?:and |of |the )?){1,4}(?<! ))?"
)
"""A name of an organisation: capitalised words that end in what it is."""
NO_ACRONYM = frozenset({
    "gmt", "utc", "msk", "eet", "eest", "cet", "cest", "tv", "fm", "am", "pm", "ngo", "ngos",
    "idp", "idps", "usa", "uk", "eu", "us", "un", "drc", "uae", "ussr", "iom", "faq", "sms", "nb",
    "ps", "pdf", "gps", "ok", "id", "ied", "ak", "suv", "pow", "pows", "vip", "ceo", "eta",
    "asap", "rpg", "who", "tass", "ria", "afp", "live", "urgent", "breaking", "update", "news",
    "daily", "note", "info", "code", "free", "map", "day", "no", "yes", "and", "the", "for",
    "all", "not", "from", "by", "in", "on", "at", "to", "of", "or", "if", "it", "we", "he", "car",
    "cars", "bus", "stop", "open", "shut", "new", "east", "west", "north", "south", "text",
    "part", "page", "table", "list", "time", "date",
})  # fmt: skip
"""Words in capitals that are no party's name."""
