"""Hold further Arabic words of pauses, hours, orders and of what is no war."""

from __future__ import annotations

__all__ = ["MOMENTS"]

MOMENTS = """
# hours and days
منتصف (هذه) الليلة = midnight tonight
منتصف ليل|ليلة اليوم = midnight tonight
عند|في منتصف (هذه) الليلة = at midnight tonight
بعد دقيقة واحدة من منتصف هذه الليلة = after midnight tonight
الثانية عشرة منتصف هذه الليلة|الليلة = midnight tonight
الساعة الثانية عشرة منتصف هذه الليلة|الليلة = midnight tonight
الموافق (ل) = ,
، أي = , that is
الدوام = open
دوام = open
بكرة|باكر = %tomorrow
لحدي|لحد = until
طيلة|طوال = during

الساعة الصفر (من) = 00:00
الدقيقة الأولى من = 00:01 on
عدم إطلاق النار = ~refraining from fire
عدم القتال = ~refraining from fighting

# stopping
وقف|وقفا (ل) العدائيات = ~cessation of hostilities
العدائيات|عدائيات = ~hostilities
وقف الضرب = ~ceasefire
الضرب = ~shelling
نشاط|نشاطنا|النشاط|نشاطها|نشاطه = ~activity
أنشطة|أنشطتنا|الأنشطة = ~activities
تعليق (تكتيكي) (محلي) ل النشاط العسكري = ~suspension of military activity
تعليق النشاط العسكري = ~suspension of military activity
توقف|توقفات موضعية|موضعي = ~local pauses
هدنة موضعية = ~local truce
فترات هدنة إنسانية = ~humanitarian pauses
فترات هدنة = ~pauses

# orders
قرارا|مرسوما = decision
مرسوم = decree
تعليمات|تعليماته|تعليماتها = instructions
التعليمات = the instructions

# ways
ب التحرك|التنقل|الانتقال|السير = movement
التحرك|التنقل = movement
دفعة = ~group
الدفعة = the ~group
دفعة أولى = first ~group
الدفعة الأولى = the first ~group
دفعات|الدفعات = ~groups
العد التنازلي = countdown
القافلة الأولى = the first ~convoy
قافلة = ~convoy
القافلة = the ~convoy
قوافل|القوافل = ~convoys
الحافلات = the ~buses
انطلاق|مغادرة أولى|أول الحافلات|حافلات = first buses leave
انطلاق|مغادرة القافلة|قافلة = the convoy leaves
انطلاق|مغادرة الحافلات|حافلات = buses leave
تتحرك|ستتحرك|تتجه|ستتجه|تغادر|ستغادر القافلة|قافلة = the convoy leaves
تتحرك|ستتحرك|تتجه|ستتجه|تغادر|ستغادر الحافلات|حافلات = buses leave
تخرج|ستخرج القافلة|قافلة = the convoy leaves
تخرج|ستخرج الحافلات|حافلات = buses leave
بموجب اتفاق|الاتفاق|تفاهم|التفاهم = under the agreement
وفق|حسب تفاهم|التفاهم|ترتيب|الترتيب = under the agreement
إخراج|اخراج جرحى|الجرحى|مرضى|المرضى = evacuation of wounded
إلى ترتيب|تفاهم|تسوية = on an agreement
ترتيب|تفاهم|تسوية = agreement
التفاهم|التسوية = the agreement
وقفا ل العمليات|عملياتها|عملياته = ~suspension of operations
طريقان|طريقين|الطريقان|الطريقين مفتوح|مفتوحان|مفتوحين = two roads open
مفتوح|مفتوحة|مفتوحان|مفتوحين ل|أمام العوائل|العائلات|الأهالي|الناس|المدنيين = open for civilians

# wishing and denying
نحتاج|أحتاج|يحتاج|تحتاج (إلى) = we need
ب حاجة إلى = we need
أخبار|الأخبار = reports
خبر|الخبر = report
حين|حينما|عندما = when
كان|كانت يفترض أن = was supposed to

# no war
رياضي|رياضية|رياضيا = ^sports
صحف|الصحف = newspapers
الناديين|ناديين|الناديان|أندية|الأندية = ~clubs
صافرة = ~whistle
جمهور|الجمهور = ~fans
البرامج|برامج = ~programmes
الألعاب النارية = fireworks
ألعاب نارية = fireworks
سكر|السكر = sugar
تجار|التجار = traders
أسعار|الأسعار = prices
شعبة المستوردين = importers
مستوردين|المستوردين = importers
"""
