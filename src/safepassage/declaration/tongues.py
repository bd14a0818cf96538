"""Hold what languages show themselves by: their small words, and letters of their own."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["READ", "SCRIPTS", "TONGUES", "Tongue"]

READ = {"en": "English", "ru": "Russian", "ar": "Arabic"}
"""Languages that can be read."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """Hold a language's script, its commonest small words, and letters that show it.

    ``letters`` need not be its own alone: what speaks for each language is weighed.
    """

    language: str
    script: str
    words: frozenset[str]
    letters: frozenset[str]


def _tongue(language: str, script: str, words: str, letters: str = "") -> Tongue:
    return Tongue(language, script, frozenset(words.split()), frozenset(letters))


TONGUES = (
    _tongue(
        "en",
        "LATIN",
        "the of and to in is that for on with was by as it from at be are said will have has not "
        "this which after were their its would had who they all you your his he we our until an",
    ),
    _tongue(
        "French",
        "LATIN",
        "le la les des de du et à un une en dans pour que qui est au aux sur par avec ce sont "
        "pas plus il elle ont été leur ses cette",
        "éèêëçœùâîô",
    ),
    _tongue(
        "Spanish",
        "LATIN",
        "el la los las de del y en un una que por para con se es al su como más lo fue han sido "
        "desde hasta entre",
        "ñáíóú¿",
    ),
    _tongue(
        "Portuguese",
        "LATIN",
        "o os as de do da dos das e em um uma que por para com não no na ao foi até pela pelo "
        "entre mais",
        "ãõçáéíóú",
    ),
    _tongue(
        "Italian",
        "LATIN",
        "il lo la gli le di del della dei e in un una che per con non è sono al alla da nel "
        "delle dalle alle fino",
        "àèìòù",
    ),
    _tongue(
        "German",
        "LATIN",
        "der die das und in den von zu mit ist auf für dem nicht ein eine im werden wird sich "
        "bei nach bis aus hat vom zum zur",
        "äöüß",
    ),
    _tongue(
        "Dutch",
        "LATIN",
        "de het een en van in op dat te voor met zijn is niet aan door om bij ook tot uur naar",
    ),
    _tongue(
        "Turkish",
        "LATIN",
        "ve bir bu için ile de da olarak olan sonra kadar daha ise gibi göre her saat arasında",
        "ğışöüç",
    ),
    _tongue(
        "Polish",
        "LATIN",
        "i w na z do że się nie jest od przez dla oraz został po o za godz roku",
        "ąęłśżźćń",
    ),
    _tongue(
        "Romanian",
        "LATIN",
        "și în de la cu pe din o un pentru că este sunt a al ale prin până",
        "șțăâî",
    ),
    _tongue(
        "Bosnian, Croatian or Serbian",
        "LATIN",
        "i u na je da se su za od s koji biti nije će iz do po kao bi ili sati te",
        "čćđšž",
    ),
    _tongue(
        "Kurdish",
        "LATIN",
        "û li di ji de bi ku ev jî bo ya yê ên her wê wan di",
        "êîûşç",
    ),
    _tongue(
        "Somali",
        "LATIN",
        "oo iyo ka ku waa in uu ah ayaa soo la u ay waxaa",
    ),
    _tongue(
        "Swahili",
        "LATIN",
        "ya na wa kwa ni katika za la kuwa hiyo huo cha baada hadi",
    ),
    _tongue(
        "Indonesian or Malay",
        "LATIN",
        "yang dan di dari untuk dengan ini itu pada ke akan dalam tidak oleh",
    ),
    _tongue(
        "ru",
        "CYRILLIC",
        "и в не на что с по как это из к о об от за при так его их был была были будет будут для "
        "но или же мы вы они который которые после также этого чтобы до со во году года через",
        "ыэё",
    ),
    _tongue(
        "Ukrainian",
        "CYRILLIC",
        "і й та в у на що з не до про для як від за це або був буде було року також їх його зі "
        "після під які який щоб",
        "іїєґ",
    ),
    _tongue(
        "Belarusian",
        "CYRILLIC",
        "і ў на з не што да як па для гэта ад за ці быў будзе яго таксама пасля",
        "іў",
    ),
    _tongue(
        "Bulgarian",
        "CYRILLIC",
        "и на да се от за че са ще в с по към като това след при е ли бе беше които който която "
        "до те им със във има няма бъде бъдат бяха още вече или само между тези тази както утре "
        "хората града часа според",
    ),
    _tongue(
        "Serbian",
        "CYRILLIC",
        "и у на је да се су за од са као који би није ће из до по или то после",
        "јљњђћџ",
    ),
    _tongue(
        "Macedonian",
        "CYRILLIC",
        "и на во да се за од дека со не ќе беше е до по или кои кој која кое ги ова овие има нема "
        "беа биде бидат меѓу уште часот градот луѓето утре според",
        "јљњѓќѕџ",
    ),
    _tongue("Kazakh", "CYRILLIC", "және бір бұл үшін мен деп да де", "әғқңөұүһі"),
    _tongue("Tajik", "CYRILLIC", "ва дар аз ба ки бо барои ин он шуд аст", "ӣӯҳқғҷ"),
    _tongue(
        "ar",
        "ARABIC",
        "في من على إلى الى أن ان عن مع التي الذي هذا هذه ما لا لم كان كانت وفي ومن بين بعد قبل "
        "حتى كما قال قالت أو او كل ثم عند منذ إن الساعة يوم",
        "ةأإؤئكيى",
    ),
    _tongue(
        "Persian",
        "ARABIC",
        "از به در که را این است با برای شد شود آن یک تا بر هم نیز خود های ها کرد می و اين كه",
        "پچژگکی",
    ),
    _tongue(
        "Urdu",
        "ARABIC",
        "کے کی کا میں ہے نے سے کو اور پر یہ اس کہ ہیں تک بھی گا ہو",
        "ٹڈڑںےہھگکی",
    ),
    _tongue("Kurdish", "ARABIC", "لە بە و کە بۆ ئەو لەسەر بەڵام ئەم هەر", "ێۆڕڵەڤکی"),
    _tongue("Pashto", "ARABIC", "د په او چې کې ته له دی یې سره به", "ښځڅډړږټڼېۍ"),
)
"""Small words were chosen by us from each language's commonest; enough to tell them apart."""

SCRIPTS = {
    "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "ETHIOPIC": "Amharic or Tigrinya", "MYANMAR": "Burmese", "DEVANAGARI": "Hindi or Nepali",
    "HEBREW": "Hebrew", "GREEK": "Greek", "ARMENIAN": "Armenian", "GEORGIAN": "Georgian",
}  # fmt: skip
"""Languages of scripts that hold no readable one, by the script's name in Unicode."""
