"""Hold Arabic words for ways out, and for what those who pass carry or give up."""

from __future__ import annotations

__all__ = ["WAYS"]

WAYS = """
بوابة = ~gate
البوابة = the ~gate
بوابات = ~gates
جسر = ~bridge
الجسر = the ~bridge
جسور = ~bridges
مدخل = ~entrance
المدخل = the ~entrance
نفق = ~tunnel
حواجز = ~checkpoints
وحدهم|وحدهن = alone
إلا = except
حصرا|حصريا = exclusively
دون غيرهم|سواهم = only
لا خروج|عبور|مرور|مغادرة إلا من|عبر|ب = leave only through
معكم|معك|معكن = with you
معهم|معه|معهن = with them
بحوزتهم|بحوزته = with them
زول|شخص|واحد شايل = people carrying
شايل|شايلين = carrying
# weapons
سلاحا = ~weapons
بندقية|بنادق|بندقيت|رشاش|رشاشات|كلاشينكوف|مسدس|مسدسات = small arms
بندقية|بنادق|بندقيت|رشاشات|مسدسات فردية|شخصية|خفيفة = small arms
ذخيرة|ذخائر|مخازن = ammunition
مدافع|دبابات|هاونات|راجمات|مدرعات = heavy weapons
سلاح|أسلحة متوسط|متوسطة = heavy weapons
سلاح|أسلحة متوسط|متوسطة و ثقيل|ثقيلة = heavy weapons
سلاح|أسلحة ثقيل|ثقيلة و متوسط|متوسطة = heavy weapons
أسلحة|سلاح و معدات|عتاد|آليات ثقيلة|ثقيل = heavy weapons
فردي|فردية = ^personal
تحمل|تحملوا|تحملون|يحملوا|نحمل|يحملن|تشيل|تشيلو|تشيلوا|يشيل = carry
تحملو = carry
لا|ما تحمل|تحملوا|تحملو|تحملون|تجلبوا|تجلب|تحضروا|تصطحبوا|تشيلو|تشيلوا|تاخذوا|تأخذوا = do not carry
تجلب|تجلبوا|يجلب|تحضروا|يصطحب|تصطحب|تصطحبوا = bring
خذ|خذوا|تأخذ|تأخذوا|يأخذ|يأخذوا|يأخذون = take
يحق (ل) = may
مسموح = allowed
غير مسموح = is prohibited
لا|لن يسمح|مسموح = is prohibited
ممنوع|ممنوعة = is prohibited
تلقي|تلقوا|نلقي سلاح|أسلحة = lay down their weapons
ستلقي|سيلقون|سيلقي سلاح|أسلحة = will lay down their weapons
يسلم|يسلمون|يسلموا|تسلم|سيسلم|ستسلم مسلحون|مسلحين|مقاتلون|مقاتلين|عناصر = fighters surrender
سلم|سلموا|سيسلمون مسلحون|مسلحين|مقاتلون|مقاتلين|عناصر = fighters surrender
من ألقى|يلقي|رمى|يرمي|سلم|يسلم سلاح|أسلحة = those who lay down their weapons
من حمل|يحمل|يشيل سلاح|سلاحا|أسلحة = anyone carrying weapons
سيعامل|يعامل|ستعامل|يعاملون = will be treated
لا|لن يستقبل|يستقبلون = not let through
لا|ما يمشي|يمر|يعبر|يدخل|يطلع|يخرج = will not pass
لن|لا ينزع|ينتزع سلاح = without disarming
مقاتل = ~fighter
كل من يأتي|يخرج|يحمل|يمر|يعبر|يغادر|يصل = anyone who comes
يعد|يعتبر|سيعد|سيعتبر عدوا|مقاتلا|إرهابيا|هدفا = will be treated as enemy
حاملا|حاملة سلاح|سلاحا|أسلحة = carrying weapons
لا تأتوا|تأت|تخرجوا|تقتربوا = do not come
في البيوت|المنازل|بيوتكم|منازلكم = at home
ب حمل بنادق|بندقية = carrying small arms
يسلم|تسلم|ستسلم|سيسلم فصائل = armed factions surrender
كل|أي مسلح|مسلحا = every fighter
يضع|تضع|يضعوا سلاح|أسلحة = surrender their weapons
تشكيلات|تشكيلات مسلحة = ~armed formations
مسافرين|مسافرون = ~travellers
مشاة = ~pedestrians
مغادرين|مغادرون = people leaving
خارجين|خارجون = people leaving
"""
