"""Hold places and countries; towns that are missing here are looked up in the gazetteer."""

from __future__ import annotations

__all__ = ["PLACES"]

PLACES = """
# countries
سوريا|سورية = &@Syria
الجمهورية العربية السورية = &@Syria
روسيا = &@Russia
روسيا الاتحادية = &@Russia
الاتحاد الروسي = &@Russia
تركيا = &@Turkey
إيران = &@Iran
إسرائيل = &@Israel
فلسطين = &@Palestine
لبنان = &@Lebanon
العراق = &@Iraq
الأردن = &Jordan
مصر = &@Egypt
السودان = &@Sudan
جنوب السودان = &@South Sudan
ليبيا = &@Libya
اليمن = &@Yemen
السعودية = &@Saudi Arabia
المملكة العربية السعودية = &@Saudi Arabia
الإمارات = &@United Arab Emirates
قطر = &@Qatar
أوكرانيا = &@Ukraine
الولايات المتحدة (الأميركية|الأمريكية) = &@United States
أميركا|أمريكا = &@United States
فرنسا = &@France
بريطانيا = &@Britain
ألمانيا = &@Germany
الصين = &@China
إثيوبيا = &@Ethiopia
الصومال = &@Somalia
أفغانستان = &@Afghanistan
تونس = &@Tunisia
الجزائر = &@Algeria
المغرب = &@Morocco
أذربيجان = &@Azerbaijan
أرمينيا = &@Armenia

# peoples, as adjectives
سوري|السورية|سوريون|سوريين = ^Syrian
روسي|روسية|روس = ^Russian
تركي|تركية = ^Turkish
إيراني|إيرانية = ^Iranian
إسرائيلي|إسرائيلية = ^Israeli
فلسطيني|فلسطينية|فلسطينيين = ^Palestinian
لبناني|لبنانية = ^Lebanese
عراقي|عراقية = ^Iraqi
أردني|أردنية = ^Jordanian
مصري|مصرية = ^Egyptian
سوداني|سودانية = ^Sudanese
ليبي|ليبية = ^Libyan
يمني|يمنية = ^Yemeni
سعودي|سعودية = ^Saudi
قطري|قطرية = ^Qatari
أوكراني|أوكرانية = ^Ukrainian
أميركي|أميركية|أمريكي|أمريكية = ^American
فرنسي|فرنسية = ^French
بريطاني|بريطانية = ^British
ألماني|ألمانية = ^German
صيني|صينية = ^Chinese
أذربيجاني|أذربيجانية|أذري = ^Azerbaijani
أرميني|أرمينية|أرمني = ^Armenian
أفغاني|أفغانية = ^Afghan
صومالي|صومالية = ^Somali
إثيوبي|إثيوبية = ^Ethiopian
عربي|عربية = ^Arab
دولي|دولية = ^international
وطني|وطنية = ^national

# parts
مدينة = &~city of
المدينة = &the ~city
بلدة = &~town of
البلدة = &the ~town
قرية = &~village of
بلدات = &~towns of
مدن = &~cities of
محافظة = &~province of
المحافظة = &the ~province
ولاية = &~province of
إقليم = &~region of
منطقة = &~area of
المنطقة = &the ~area
مناطق = &~areas
حي = &~district of
الحي = &the ~district
أحياء = &~districts of
الأحياء = &the ~districts
ريف = &~region of
مخيم = &~camp
معبر رفح = Rafah crossing
جيب = &~enclave of
الجيب = &the ~enclave
شرق|شرقي = &east
غرب|غربي = &west
شمال|شمالي = &north
جنوب|جنوبي = &south
وسط = &central
(في) جميع|كافة|كل|عموم|مختلف|كامل أنحاء = across
(في) أنحاء|عموم = across
(كل|جميع|كافة|كامل|عموم) الأراضي السورية = &@Syria
(كل|جميع|كافة|كامل|عموم) الأراضي الليبية = &@Libya
(كل|جميع|كافة|كامل|عموم) الأراضي اليمنية = &@Yemen
(كل|جميع|كافة|كامل|عموم) الأراضي السودانية = &@Sudan
(كل|جميع|كافة|كامل|عموم) الأراضي العراقية = &@Iraq
(كل|جميع|كافة|كامل|عموم) الأراضي اللبنانية = &@Lebanon
(كل|جميع|كافة|كامل|عموم) الأراضي الأوكرانية = &@Ukraine
كورنيش|شارع = street

# Syria
حلب = &~Aleppo
حلب الشرقية = &eastern Aleppo
أحياء حلب الشرقية = &eastern districts of Aleppo
الأحياء الشرقية|المحاصرة من|في|ل حلب = &eastern districts of Aleppo
الأحياء الشرقية|المحاصرة من|في|ل مدينة حلب = &eastern districts of Aleppo
أحياء حلب الشرقية المحاصرة = &besieged eastern districts of Aleppo
دمشق = &@~Damascus
ريف دمشق = Rural Damascus
ريف حلب = &countryside of Aleppo
حمص = &~Homs
حماة|حماه = &~Hama
إدلب|ادلب = &~Idlib
درعا = &~Daraa
دوما = &~Douma
داريا = &~Daraya
مضايا = &~Madaya
الزبداني = &~Zabadani
كفريا = &~Kefraya
الفوعة = &~Foua
الرقة = &~Raqqa
دير الزور = &~Deir ez-Zor
اللاذقية = &~Latakia
طرطوس = &~Tartus
القنيطرة = &~Quneitra
السويداء = &~Suwayda
الحسكة = &~Hasakah
القامشلي = &~Al-Qamishli
عفرين = &~Afrin
منبج = &~Manbij
الباب = &~Al-Bab
تدمر = &~Palmyra
الغوطة الشرقية = &~Eastern Ghouta
غوطة دمشق الشرقية = &~Eastern Ghouta
الغوطة = &~Ghouta
حرستا = &~Harasta
عربين = &~Irbin
مخيم الوافدين = &~Wafideen camp
الوافدين = &~Wafideen
اليرموك = &~Yarmouk
مخيم اليرموك = &~Yarmouk camp
الكاستيلو|الكاستلو = &~Castello
طريق الكاستيلو|الكاستلو = &Castello road
سوق الهال = &Souk al-Hal
الراموسة = &~Ramouseh
الوعر = &~Waer
حمص القديمة = &~Old City of Homs

# Palestine
غزة = &~Gaza
مدينة غزة = &~Gaza City
قطاع غزة = &~Gaza Strip
القطاع = &the ~strip
رفح = &~Rafah
خان يونس = &~Khan Yunis
جباليا = &~Jabalia
بيت حانون = &~Beit Hanoun
دير البلح = &~Deir el-Balah
شارع|طريق صلاح الدين = &Salah al-Din road
شارع|طريق الرشيد = &Rashid street
وادي غزة = &Wadi Gaza
القدس = &~Jerusalem
الضفة الغربية = &~West Bank
تل أبيب = &@Tel Aviv

# Yemen
صنعاء = &@~Sanaa
عدن = &~Aden
تعز = &~Taiz
الحديدة = &~Hodeidah
مأرب = &~Marib
صعدة = &~Saada
حجة = &~Hajjah
مدينة|محافظة إب = &~Ibb
الضالع = &~Dhale

# Sudan
الخرطوم = &@~Khartoum
أم درمان = &~Omdurman
بحري = &~Bahri
الفاشر = &~El Fasher
نيالا = &~Nyala
الجنينة = &~Geneina
الأبيض = &~El Obeid
بابنوسة = &~Babanusa
دارفور = &~Darfur
النيل الأزرق = &~Blue Nile
تيغراي|تيجراي = &~Tigray
شمال دارفور = &~North Darfur
كردفان = &~Kordofan
جنوب كردفان = &~South Kordofan
بورتسودان = &~Port Sudan
جدة = &~Jeddah

# Libya
طرابلس = &~Tripoli
بنغازي = &~Benghazi
سرت = &~Sirte
مصراتة = &~Misrata
درنة = &~Derna
سبها = &~Sabha
ترهونة = &~Tarhuna

# Iraq
بغداد = &@~Baghdad
الموصل = &~Mosul
الفلوجة = &~Fallujah
الرمادي = &~Ramadi
تكريت = &~Tikrit
كركوك = &~Kirkuk
أربيل = &~Erbil
البصرة = &~Basra
تلعفر = &~Tal Afar

# Lebanon
بيروت = &@~Beirut
صيدا = &~Sidon
عرسال = &~Aarsal
عين الحلوة = &Ain al-Hilweh
نهر البارد = &Nahr al-Bared
النبطية = &~Nabatieh

# elsewhere
موسكو = &@~Moscow
كييف = &@~Kyiv
ماريوبول = &~Mariupol
خاركيف = &~Kharkiv
سومي = &~Sumy
تشرنيهيف = &~Chernihiv
خيرسون = &~Kherson
إنرهودار = &~Enerhodar
فولنوفاخا = &~Volnovakha
دونيتسك = &~Donetsk
دونباس = &~Donbas
زابوريجيا|زابوروجيا = &~Zaporizhzhia
واشنطن = &@~Washington
أنقرة = &@~Ankara
طهران = &@~Tehran
الرياض = &@~Riyadh
القاهرة = &@~Cairo
الدوحة = &@~Doha
جنيف = &~Geneva
أستانا = &~Astana
سوتشي = &~Sochi
نيويورك = &~New York
باريس = &~Paris
لندن = &~London
أديس أبابا = &~Addis Ababa
قره باغ = &Nagorno-Karabakh
ستيباناكيرت = &~Stepanakert
"""
