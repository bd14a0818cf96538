"""Hold the words for people, weapons, consent and guarantees."""

from __future__ import annotations

__all__ = ["TERMS"]

TERMS = """
# people who may leave
مدنيون|مدنيين|مدنيو|مدنيي = ~civilians
سكان = ~residents
أهالي|أهال|اهالي|أهل|قاطنين|قاطني = ~residents
عائلات|عوائل|أسر = ~families
نساء = ~women
أطفال = ~children
مسنين|مسنون|كبار السن|عجزة = ~elderly
مرضى = ~sick
جرحى|مصابين|مصابون = ~wounded
مرضى و جرحى = ~sick and wounded
جرحى و مرضى = ~wounded and sick
ذوي الإعاقة = ~disabled people
نازحين|نازحون = ~displaced people
لاجئين|لاجئون = ~refugees
مواطنين|مواطنون = ~residents
أشخاص|ناس|شخص|شخصا = ~people
راغبين|راغبون ب|في المغادرة|الخروج = wishing to leave
غير المسلحين|مسلحين = ~unarmed people
المدنيين غير المسلحين = ~unarmed civilians
مسلحون|مسلحين|مسلحو|مسلحي = ~fighters
مقاتلون|مقاتلين|مقاتلو|مقاتلي = ~fighters
عناصر = ~fighters
إرهابيون|إرهابيين = ~militants
جنود|عسكريين|عسكريون = ~soldiers
طلاب = ~students
رهائن|محتجزين|أسرى = ~hostages
متمردون|متمردين = @~rebels

# weapons
سلاح|أسلحة = ~weapons
سلاح|أسلحة خفيف|خفيفة = light weapons
سلاح|أسلحة ثقيل|ثقيلة = heavy weapons
ب|مع سلاح|أسلحة = with their weapons
ب|مع سلاح|أسلحة خفيف|خفيفة|فردي|فردية|شخصي|شخصية (فقط) = with their light weapons
ب|مع|حاملين كامل|جميع|كل أسلحة|سلاح = with all their weapons
حاملين|يحملون|يصطحبون أسلحة|سلاح = carrying their weapons
الاحتفاظ ب سلاح|أسلحة = keeping their weapons
الاحتفاظ ب سلاح|أسلحة خفيف|خفيفة|فردي|فردية|شخصي|شخصية (فقط) = keeping only their light weapons
تسليم|إلقاء|ترك سلاح|أسلحة = surrendering their weapons
تسليم|إلقاء|ترك سلاح|أسلحة ثقيل|ثقيلة|متوسط|متوسطة = without heavy weapons
يسلمون|يسلموا|يسلم|تسلم|يتركون سلاح|أسلحة ثقيل|ثقيلة|متوسط|متوسطة = without heavy weapons
حمل|أخذ|إخراج سلاح|أسلحة خفيف|خفيفة|فردي|فردية|شخصي|شخصية (فقط) = carrying their light weapons
منع|حظر حمل سلاح|أسلحة (خفيف|خفيفة|فردي|فردية|شخصي|شخصية) = carrying weapons is prohibited
حمل سلاح|أسلحة = carrying weapons
يسلمون|يسلموا|يسلم|تسلم|يلقون|يلقوا|يلقي|يتركون|يتركوا سلاح|أسلحة = surrender their weapons
سلموا|سلم|ألقوا|ألقى|تركوا سلاح|أسلحة = surrender their weapons
(من) دون|بدون سلاح|أسلحة = without weapons
من غير سلاح|أسلحة = without weapons
(من) دون|بدون تسليم|إلقاء|ترك سلاح|أسلحة = without surrendering their weapons
يمنع|يحظر حمل (أي) سلاح|أسلحة = carrying weapons is prohibited
لا|لن يسمح ب حمل (أي) سلاح|أسلحة = carrying weapons is prohibited
يسمح ل هم ب حمل سلاح|أسلحة = they may keep their weapons
سلاح الجو = @~air force
مسلحين أو غير مسلحين = armed or unarmed

# consent
ب موافقة = with the approval of
ب موافقة من = with the approval of
(من) دون|بدون موافقة = without the consent of
(من) دون|بدون تشاور مع = without consulting
ب الاتفاق مع = agreed with
ب التفاهم مع = agreed with
ب التنسيق مع = in coordination with
ب التوافق مع = agreed with
ب رعاية|وساطة = brokered by
موافقة = ~approval
رفض = !rejected
اتفق|اتفقت|اتفقا|اتفقتا|اتفقوا = !agreed
وافق|وافقت|وافقا|وافقتا|وافقوا على = !agreed to
وافق|وافقت|وافقا|وافقتا|وافقوا = !agreed
قبل|قبلت ب = !accepted
قبلت|قبلوا = !accepted
أيد|أيدت = !supported
رحب|رحبت = !welcomed
رفضت|رفضوا|رفضتا = !rejected
يرفض|ترفض|يرفضون = !rejects
توافق|يوافق|يوافقون على = !agrees to
تقبل|يقبل ب = !accepts
أعلن|أعلنت|أعلنوا موافقة على = !agreed to
أعلن|أعلنت|أعلنوا|أبدى|أبدت رفض = !rejected
أبدى|أبدت موافقة على = !agreed to
أبدى|أبدت استعداد = !offered readiness
أكد|أكدت التزام ب = !pledged to respect
تعهد|تعهدت|تعهدوا ب الالتزام|احترام ب = !pledged to respect
تعهد|تعهدت|تعهدوا ب احترام = !pledged to respect
تعهد|تعهدت|تعهدوا ب = !pledged
يلتزم|تلتزم|يلتزمون ب = !respects
ألتزم|ألتزمت|التزم|التزمت|التزموا ب = !respected
وقع|وقعت|وقعوا (على) اتفاق|اتفاقية|اتفاقا = !signed agreement
لم يرد|ترد|يردوا (بعد) (على) = !has not responded
لم يعلق|تعلق|يعلقوا (بعد) (على) = !has not commented
لم يصدر|يصدر|ترد (بعد) أي|اي تعليق|رد (فوري|رسمي) من|عن = no comment from
لم يصدر|ترد (بعد) تعليق|رد (فوري|رسمي) من|عن = no comment from
لا تعليق (فوري|رسمي) من = no comment from
لم يصدر|تصدر (بعد) أي|اي ردود فعل من|عن = no comment from
لم يوافق|توافق|يوافقوا (بعد) (على) = !has not agreed to
لم تستشر|يستشر|يبلغ|تبلغ = !was not consulted
لم تجر استشارة|مشاورة = not consulted
لن يلتزم|تلتزم|يلتزموا ب = !will not respect
لن يقبل|تقبل|يقبلوا (ب) = !will not accept
لم يعلن|تعلن موقف = !has not commented
لاذ|لاذت|التزم|التزمت ب الصمت|الصمت = !remained silent
لزم|لزمت الصمت = !remained silent

# guarantees, monitors, escorts
ب ضمان|ضمانة|ضمانات (من) = guaranteed by
ب كفالة = guaranteed by
ضامن|ضامنة|ضامنا|ضامنين|ضامنان|ضامنتان = guarantor
ضمان|ضمانة|ضمانات = ~assurances
ضمانة|ضمانات من = guarantees from
ل ضمان = to ensure
الدول|الدولتان|الدولتين الضامنة|الضامنتان|الضامنتين = guarantors
تضمن|يضمن|ستضمن|سيضمن = !guarantees
ضمنت = !guaranteed
ضمن = within
ب إشراف|رقابة|مراقبة = under the supervision of
تحت إشراف|رقابة|مراقبة = under the supervision of
ب مواكبة|مرافقة|رفقة|حماية = escorted by
يرافق|ترافق|يواكب|تواكب = !escorts
يراقب|تراقب = !monitors
يشرف|تشرف على = !supervises
يتولى|تتولى الإشراف على = !supervises
مراقبون|مراقبين دوليون|دوليين = international monitors
الشرطة العسكرية = military police

# means
(على) متن حافلات|الحافلات = by buses
ب حافلات|الحافلات = by buses
ب|في سيارات إسعاف|الإسعاف = by ambulances
ب سيارات خاصة = by private cars
سيرا على الأقدام = on foot
مشيا (على الأقدام) = on foot
مراقب|مراقبون|مراقبين = ~monitors
"""
