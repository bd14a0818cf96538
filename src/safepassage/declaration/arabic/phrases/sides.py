"""Hold Arabic names of the sides of conflicts, of offices and of small places."""

from __future__ import annotations

__all__ = ["SIDES"]

SIDES = """
# bodies with a name of their own
هيئة العمليات = @~Operations Authority
هيئة العمل الفلسطيني المشترك = @Palestinian Joint Action Committee
هيئة العمل المشترك = @Joint Action Committee
لجنة فتح الطرق|الطرقات التابعة ل = @committee of
التابع|التابعة|التابعين|تابع|تابعة ل = of
هيئة المصالحة = @reconciliation committee
لجنة المصالحة|الصلح = @reconciliation committee
لجنة فتح الطرق|الطرقات = @roads committee
لجنة درعا المركزية = @Daraa Central Committee
اللجنة المركزية في درعا = @Daraa Central Committee
اللجنة المركزية = @Central Committee
مجلس شورى ثوار بنغازي = @Benghazi Revolutionaries Shura Council
مجلس شورى = @Shura Council of
عصبة الأنصار = @Osbat al-Ansar
فتح الإسلام = @Fatah al-Islam
تنظيم|حركة فتح الإسلام = @Fatah al-Islam
رابطة علماء فلسطين = @Palestine Scholars League
القوة المشتركة = @Joint Force
قوى الحرية و التغيير = @Forces of Freedom and Change
رئيس حكومة الوفاق (الوطني) = @Government of National Accord
رئيس حكومة الوحدة (الوطنية) = @Government of National Unity
وزير الخارجية الأميركي|الأمريكي = @US Secretary of State
مسؤول|مسؤولون|مسؤولين في = @officials in
مسؤول|مسؤولون|مسؤولين ب = @officials in
قياديون|قياديين|قيادات في|ب|من = @officials in
القيادة السورية = @Syrian leadership
القيادة الروسية = @Russian leadership
# coalitions and commands
تحالف = @~coalition
قوات تحالف|التحالف = @coalition forces
قيادة التحالف = @coalition command
قيادة القوات المشتركة ل التحالف|تحالف = @Saudi-led coalition
قيادة قوات التحالف = @Saudi-led coalition
التحالف الذي تقود ه السعودية = @Saudi-led coalition
التحالف الذي تقوده السعودية = @Saudi-led coalition
التحالف السعودي|العربي|الخليجي = @Saudi-led coalition
القيادة العامة ل القوات المسلحة العربية الليبية = @Libyan National Army
القوات المسلحة العربية الليبية = @Libyan National Army
قوات شرق ليبيا = @Libyan National Army
القيادة العامة ل الجيش الوطني الليبي = @Libyan National Army
المجلس الرئاسي ل حكومة الوفاق (الوطني) = @Government of National Accord
الوفاق = @Government of National Accord
القائد العام ل = @commander of
قائد عام ل = @commander of
قائد قوة الأمم المتحدة (ل) (الحماية) = @United Nations commander
قوة الأمم المتحدة ل الحماية = @United Nations Protection Force
القوى|قوى العسكرية = @military
قوى|قوات الأمن الداخلي = @Internal Security Forces
قوى|قوات الامن الداخلي = @Internal Security Forces

# offices
رئيس الجمهورية = @~President
فخامة رئيس الجمهورية = @~President
فخامة الرئيس = @~President
نائب الرئيس الأميركي|الأمريكي = @US Vice President
الرئيسان الروسي و التركي = @Russian President and Turkish President
الرئيسين الروسي و التركي = @Russian President and Turkish President
مجلس الوزراء = @~Cabinet
الحاكم المدني الأميركي|الأمريكي = @US government
وزير خارجية المملكة = @Saudi Foreign Minister
مسؤول|مسؤولون|مسؤولين كبير|كبار|رفيع|بارز|عسكري في = @officials in
مسؤول|مسؤولون|مسؤولين كبير|كبار|رفيع|بارز = @~officials
مسؤول رفيع المستوى (في) = @officials in
ممثلة = representative of
السلطة المحلية = @local authorities
سلطة محلية = @local authorities
السلطات المحلية = @local authorities
مكتب المبعوث (الخاص) = @Office of the Special Envoy
مكتب مبعوث = @Office of the Special Envoy
مكتب المحافظ = @governor's office
مكتب = ~office
غرفة (ال) طوارئ|الطوارئ = @Emergency Response Room of
غرف طوارئ|الطوارئ = @Emergency Response Rooms of
لجنة الحي = @neighbourhood committee
بلدية = @municipality of
الأمين العام = @Secretary-General
الأمين العام ل حزب الله = @Hezbollah leader
الأمين العام ل الجامعة العربية = @Arab League
الأمين العام ل جامعة الدول العربية = @Arab League
الأمين العام ل مجلس التعاون (الخليجي) = @Gulf Cooperation Council
رئيس المجلس السياسي الأعلى (التابع) (ل) (الحوثيين|الحوثي) = @Supreme Political Council
المجلس السياسي الأعلى = @Supreme Political Council
مصدر عسكري سوري = @Syrian military source
هيئة العليا ل المفاوضات = @opposition council

# groups
صرب البوسنة = @Bosnian Serbs
الصرب البوسنيون|البوسنيين = @Bosnian Serbs
الحركة الشعبية - قطاع الشمال = @SPLM-N
الحركة الشعبية ل تحرير السودان - قطاع الشمال = @SPLM-N
الحركة الشعبية = @SPLM
جبهة البوليساريو = @Polisario Front
البوليساريو = @Polisario Front
التيار الصدري = @Mahdi Army
جيش المهدي = @Mahdi Army
سلطات إقليم ناغورني قره|كاراباخ باغ = @Nagorno-Karabakh authorities
سلطات ناغورني قره باغ = @Nagorno-Karabakh authorities
سلطات إقليم تيغراي|تيغراى = @Tigray authorities
سلطات تيغراي|تيغراى = @Tigray authorities
قوات تيغراي|تيغراى = @Tigray forces
وحدات حماية الشعب (الكردية) = @YPG
المقاومة (الشعبية) المحلية = @resistance fighters
الطرفان المتحاربان = @warring sides
الجانبان المتحاربان = @warring sides
ميليشيا|المليشيا|الميليشيا المتمردة = @Rapid Support Forces

طرفا|طرفي النزاع|القتال|الصراع|الحرب = @warring sides
أطراف القتال|الحرب = @warring sides

قيادة التحالف العربي|السعودي = @Saudi-led coalition
رئيس المجلس الرئاسي ل حكومة الوفاق (الوطني) = @Government of National Accord
القوات المسلحة الملكية = @Moroccan Armed Forces
حكومتا|حكومتي = governments of

# answers
بدور ه|ها|هم|هما = in turn
سيلتزم|ستلتزم|سنلتزم|سيلتزمون ب = !will respect
سيلتزم|ستلتزم ما التزم ب ه الطرف الآخر = !will respect the truce
سيلتزم|ستلتزم ما التزم الطرف الآخر = !will respect the truce
تلتزم|يلتزم ب ه أيضا = !will respect it
أعلن|أعلنت|أعلنتا|أعلنا تأييد ه|ها|هم|هما ل ها|ه = !expressed support for it
أكد|أكدت|أكدوا التزام ه|ها|هم = !confirmed its commitment
أعلن|أعلنت (بدور) (ه|ها) القبول|قبول (ه|ها|هم) ب = !announced its acceptance of
أعلن|أعلنت (بدور) (ه|ها) التزام ه|ها ب ه = !announced its commitment
سيلتزم|ستلتزم|سنلتزم|سيلتزمون ب ها|ه = !will respect it
تعهد|تعهدت|تعهدا|تعهدوا = !pledged
أعلن|أعلنت|أعلنا موافقة ه|ها|هم|هما على = !announced its approval of
بدور ه|ها|هم|هما = in turn
من جانب ه|ها|هم|هما = for its part
أعلن|أعلنت|أعلنوا|أعلنا موافقت ه|ها|هم|هما على = !announced its approval of
أعلن|أعلنت|أعلنوا|أعلنا التزام ه|ها|هم|هما ب = !announced its commitment to
أعلن|أعلنت|أعلنوا|أعلنا قبول ه|ها|هم|هما ب = !announced its acceptance of
يلتزم|تلتزم|سيلتزم|ستلتزم ب ه = !will respect it
سيلتزم|ستلتزم ب ما التزم ب ه الطرف الآخر = !will respect the truce
أحدا لم يستشر|يستشره|يسأل|يسأله|يبلغ|يبلغه ه|ها|هم = it was not consulted
أن أحدا لم يستشر|يسأل|يبلغ ه|ها|هم = that it was not consulted
لم يستشر ها|هم|ه أحد = was not consulted
قبلا|قبلتا اقتراح = !accepted the proposal
قبلا|قبلتا اقتراحا|اقتراحه = !accepted the proposal

قال|قالت|قالوا : موافق|موافقة|موافقون = !agreed
قال|قالت|قالوا موافق|موافقة|موافقون = !agreed

# adjectives
بوسني|بوسنية = ^Bosnian
صربي|صربية = ^Serbian
كرواتي|كرواتية = ^Croatian
كونغولي|كونغولية = ^Congolese
رواندي|رواندية = ^Rwandan
مغربي|مغربية = ^Moroccan
يوغوسلافي|يوغوسلافية = ^Yugoslav
قائمة = ^current

# places
البوسنة (و) (الهرسك) = &@Bosnia
بوسنة = &@Bosnia
جمهورية الكونغو الديمقراطية = &@Democratic Republic of the Congo
الكونغو (الديمقراطية) = &@Congo
رواندا = &@Rwanda
كينشاسا = &@Kinshasa
كيغالي = &@Kigali
المغرب = &@Morocco
الصحراء الغربية = &Western Sahara
ناغورني قره|قرة باغ = &Nagorno-Karabakh
ناغورني كاراباخ|قرباغ = &Nagorno-Karabakh
جنوب لبنان = &southern Lebanon
كولومبيا = &@Colombia
الفلبين = &@Philippines
ميانمار = &@Myanmar
سريلانكا|سري لانكا = &@Sri Lanka
حي غويران = &Ghuwayran district
غويران = &Ghuwayran
المواصي = &Al-Mawasi
ضواحي = suburbs of
ضاحية = suburb of
مخيم أبو شوك = &Abu Shouk camp
"""
