"""Name regions and small places that pauses were declared for, and that the gazetteer lacks."""

from __future__ import annotations

__all__ = ["REGIONS", "REGION_ZONES"]

_BY_COUNTRY = {
    "SY": "eastern ghouta|ghouta|western ghouta|wadi barada|qalamoun|rukban|baghuz"
    "|al-baghuz|yarmouk|sheikh maqsoud"
    "|khan al-shih|al-tanf|rojava|foua|kefraya|al-foua|madaya"
    "|muadamiyat|ghuwayran",
    "PS": "gaza strip|west bank|jenin camp|nuseirat camp|shejaia|shujaiya"
    "",
    "UA": "donbas|donbass|crimea|azovstal|novozolotarivka"
    "|luhansk oblast|donetsk oblast|kharkiv oblast|kherson oblast|sumy oblast"
    "|kyiv oblast|chernihiv oblast|zaporizhzhia oblast|mykolaiv oblast"
    "|luhansk region|donetsk region|kharkiv region|kherson region|sumy region"
    "|kyiv region|chernihiv region|zaporizhzhia region|mykolaiv region|odesa region"
    "|odesa oblast",
    "AZ": "nagorno-karabakh|karabakh|nagorny karabakh|artsakh|lachin",
    "GE": "abkhazia|south ossetia|kodori gorge|kodori|adjara",
    "RU": "chechnya|ingushetia|dagestan|north ossetia|komsomolskoye|samashki|bamut"
    "|pervomaiskoye",
    "ET": "tigray|amhara|oromia|afar|ogaden|benishangul-gumuz",
    "SD": "darfur|north darfur|south darfur|west darfur|central darfur|east darfur"
    "|south kordofan|north kordofan|west kordofan|kordofan|blue nile|nuba mountains"
    "|gezira|al jazirah|jebel marra|abu shouk|zamzam",
    "SS": "upper nile|jonglei|equatoria|central equatoria|eastern equatoria"
    "|western equatoria|unity state|bahr el ghazal|greater upper nile|abyei",
    "MM": "rakhine|kachin|shan state|rakhine state|kachin state|chin state|kayah"
    "|kayah state|karen state|kayin state|sagaing|arakan|kokang",
    "CD": "north kivu|south kivu|ituri|kivu|katanga|kasai|tanganyika",
    "LB": "nahr al-bared|nahr el-bared|ain al-hilweh|ain el-hilweh|southern lebanon"
    "|south lebanon|bekaa|bekaa valley|shatila|bourj al-barajneh|dahiyeh|arsal",
    "LK": "vanni|wanni|jaffna peninsula|puthukkudiyiruppu|mullivaikkal|kilinochchi",
    "PH": "mindanao|basilan|maguindanao|lanao del sur",
    "IQ": "kurdistan|anbar|nineveh|sinjar mountain|mount sinjar|diyala|iraqi kurdistan",
    "BA": "srebrenica|zepa|republika srpska|eastern bosnia|maglaj|gornji vakuf",
    "HR": "krajina|eastern slavonia|slavonia|western slavonia|dalmatia",
    "XK": "kosovo",
    "CO": "cauca|catatumbo|choco|narino|antioquia|putumayo|caqueta|norte de santander"
    "|micay canyon",
    "GT": "peten",
    "NI": "chontales",
    "SV": "morazan",
    "MZ": "cabo delgado|sofala",
    "ML": "azawad|northern mali",
    "NG": "borno|zamfara|niger delta|southern kaduna",
    "SN": "casamance",
    "SO": "lower shabelle|gedo|puntland|somaliland|lasanod",
    "BI": "bujumbura rural",
    "AF": "panjshir|panjshir valley|helmand|kunar|nangarhar|swat",
    "PK": "waziristan|north waziristan|south waziristan|swat valley|bajaur|kurram|khyber",
    "IN": "jammu and kashmir|kashmir|manipur|nagaland|assam",
    "ID": "aceh|papua|west papua|maluku",
    "NP": "rolpa",
    "BD": "chittagong hill tracts",
    "TH": "deep south",
    "YE": "shabwah|shabwa|hadramawt|al-dhale|abyan",
    "LY": "fezzan|cyrenaica|southern tripoli",
    "EG": "sinai|north sinai",
    "TD": "tibesti",
    "CF": "ouaka|ouham",
    "UG": "acholi|west nile",
    "TL": "east timor",
    "PG": "bougainville",
    "MD": "transnistria",
    "TJ": "gorno-badakhshan",
    "MA": "western sahara",
    "CY": "northern cyprus",
}  # fmt: skip
REGIONS = {name: code for code, names in _BY_COUNTRY.items() for name in names.split("|")}
"""Names in lower case, to the country they lie in; several have no single position."""
REGION_ZONES = {
    "gaza strip": "Asia/Gaza", "northern gaza": "Asia/Gaza",
    "north gaza": "Asia/Gaza", "jenin camp": "Asia/Hebron", "nuseirat camp": "Asia/Gaza",
    "shejaia": "Asia/Gaza", "shujaiya": "Asia/Gaza", "west bank": "Asia/Hebron",
    "crimea": "Europe/Simferopol", "chechnya": "Europe/Moscow", "ingushetia": "Europe/Moscow",
    "dagestan": "Europe/Moscow", "north ossetia": "Europe/Moscow", "samashki": "Europe/Moscow",
    "komsomolskoye": "Europe/Moscow", "bamut": "Europe/Moscow", "pervomaiskoye": "Europe/Moscow",
    "north kivu": "Africa/Lubumbashi",
    "south kivu": "Africa/Lubumbashi", "kivu": "Africa/Lubumbashi",
    "ituri": "Africa/Lubumbashi", "katanga": "Africa/Lubumbashi", "aceh": "Asia/Jakarta",
    "papua": "Asia/Jayapura", "west papua": "Asia/Jayapura", "maluku": "Asia/Jayapura",
    "bougainville": "Pacific/Bougainville",
}  # fmt: skip
"""Time zones (IANA) where a country keeps several."""
