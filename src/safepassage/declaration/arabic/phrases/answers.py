"""Hold the words for agreeing, refusing, keeping silent and guaranteeing, beyond single verbs."""

from __future__ import annotations

__all__ = ["ANSWERS"]

ANSWERS = """
# told by a noun; "order" and "verbs" settle whose it is
قبول (ب) = ~approval
ترحيب (ب) = ~welcome
التزام ب = ~commitment
الالتزام ب = ~commitment to
الاعتراض على = rejected
رفض تام|قاطع|قاطعا|كامل = !rejected
رفضا قاطعا|تاما|باتا =
ب شكل قاطع|كامل|تام|نهائي|رسمي =

# agreeing
ملتزم|ملتزمة|ملتزمون|ملتزمين|ملتزمان ب = !pledged to respect
متمسك|متمسكة|متمسكون ب هدنة|وقف إطلاق النار|اتفاق = !pledged to respect the truce
أكد|أكدت|أكدوا أن ها|ه|هم ملتزمة|ملتزم|ملتزمون ب = !pledged to respect
أعطى|أعطت|منح|منحت موافقة (على|ل) = !agreed to
أعطى|أعطت الضوء الأخضر (ل) = !agreed to
أبلغ|أبلغت|أبلغوا موافقة على = !agreed to
رد|ردت|ردوا ب الإيجاب|إيجابا|الموافقة (على) = !agreed to
رد|ردت|ردوا إيجابا|إيجابيا على = !agreed to
استجاب|استجابت|استجابوا ل دعوة|مبادرة|طلب = !agreed to the call
وقع|وقعت|وقعوا (على) هدنة|وثيقة|وقف إطلاق النار|تفاهم|مذكرة = !signed agreement on the truce
حظي|حظيت|يحظى|تحظى ب موافقة|قبول|تأييد = has the approval of
نال|نالت|حاز|حازت (على) موافقة|قبول (من) = received the approval of
بعد الحصول على موافقة (من) = with the approval of
بعد أخذ موافقة = with the approval of
(ب) موافقة مسبقة|كاملة|خطية|رسمية|صريحة من = with the approval of
ب قبول = with the approval of
ب رضا = with the approval of
ب تأييد = with the approval of
ب التشاور مع = in consultation with
متفق|المتفق علي ه|ها مع = agreed with
بعد الاتفاق مع = agreed with
بعد تفاهم|توافق مع = agreed with
ب اتفاق مع = agreed with
جرى|تم الاتفاق مع = was agreed with
جرى|تم الاتفاق|التوافق علي ه|ها مع = was agreed with
جرى|تم الاتفاق|التوافق بين = was agreed between
وافق|وافقت|يوافق|توافق|قبل|قبلت مبدئيا (على|ب) = !agreed in principle to
وافق|وافقت من حيث المبدأ على = !agreed in principle to
موافقة مبدئية = ~approval in principle

استجابة ل = in response to
توافقت|توافقوا|توافقا (على) = !agreed on
مقبول|مقبولة من|لدى (قبل|جانب) = accepted by

# refusing
قوبل|قوبلت|جوبه|جوبهت|ووجه|ووجهت|لقي|لقيت ب رفض|الرفض (من) (قبل|جانب|طرف) = was rejected by
لقي|لقيت رفض|رفضا (من) (قبل|جانب) = was rejected by
وسط|ظل رفض = rejected by
في ظل رفض = rejected by
مرفوض|مرفوضة من (قبل|جانب) = rejected by
غير معني|معنية|معنيين|معنيون ب = !rejected
ليس|ليست|ليسوا معنية|معنيا|معنيين|معني ب = !rejected
غير ملزم|ملزمة|ملزمين|ملزمون ب = !rejected
لا يعترف|تعترف|يعترفون ب = !rejected
لن يعترف|تعترف|يعترفوا ب = !rejected
لم يقبل|تقبل|يقبلوا (ب) = !rejected
لا يقبل|تقبل|يقبلون (ب) = !rejected
لن يوافق|توافق|يوافقوا (على) = !rejected
لا يوافق|توافق|يوافقون (على) = !rejected
رد|ردت|ردوا ب الرفض|السلب (على) = !rejected
رد|ردت|ردوا سلبا على = !rejected
وصف|وصفت|وصفوا هدنة ب = !dismissed the truce as
وصف|وصفت|وصفوا ال هدنة ب = !dismissed the truce as
وصف|وصفت|وصفوا مبادرة|إعلان|عرض ب خدعة|مناورة|خديعة = !dismissed the offer as a trick

# silent
موقف|موقفا|مواقف = position
تعليقا|تعقيبا|تعقيب = comment
ردا|جوابا|إجابة = reply
لم يصدر|تصدر (بعد) (أي) تعليق|رد|موقف|تعقيب (فوري|رسمي) (حتى) (الآن) عن|من = no comment from
لم يصدر|تصدر (بعد) (أي) تعليق|رد|موقف|تعقيب واضح|علني (حتى) (الآن) عن|من = no comment from
لم يصدر|تصدر (بعد) (أي) تعليق|رد|موقف|تعقيب (فوري|رسمي) عن|من جانب|قبل|طرف = no comment from
لم يصدر|تصدر (بعد) (أي) تعليق|رد|موقف|تعقيب واضح|علني عن|من جانب|قبل|طرف = no comment from
لم يرد|ترد (أي) تعليق|رد|موقف|تعقيب (فوري|رسمي) (حتى) (الآن) من = no comment from
لم يصدر|تصدر (بعد) (أي) رد فعل (فوري|رسمي) (حتى) (الآن) عن|من (جانب|قبل) = no comment from
لم يصدر|تصدر (بعد) عن|من (جانب|قبل) = no comment from
لم يتسن|نتمكن|تتمكن (على) (الفور) (من) الحصول|الوصول على|إلى تعليق|رد (فوري) من|ل = no comment from
لم يتسن (على) (الفور) الاتصال|التواصل ب|مع = no comment from
لم يتسن على الفور الحصول على تعليق|رد من = no comment from
لا|دون|بدون|بلا|غياب (أي) تعليق|رد|تعقيب (فوري|رسمي|بعد) من|عن (جانب|قبل) = no comment from
ما من تعليق|رد من = no comment from
لم يعقب|تعقب|يعقبوا (بعد) (على) = !has not commented
لم يجب|تجب|يجيبوا (بعد) على|عن = !has not responded
لم يستجب|تستجب|يستجيبوا|يتجاوب|تتجاوب (بعد) (ل|مع) = !has not responded
لم يدل|تدل|يدلوا (بعد) ب أي تعليق = !has not commented
لم يبد|تبد|يبدوا (بعد) (أي) موقف|رد|رأي|تعليق = !has not commented
لم يعلن|تعلن|يعلنوا|يحدد|تحدد|يحددوا|يوضح|توضح (بعد) (عن) موقف|موقفا = !has not commented
لم يكشف|تكشف (بعد) عن موقف = !has not commented
لم يقل|تقل (بعد) شيئا = !has not commented
لم تصدر|يصدر (بعد) رد|ردا|تعليقا|بيانا|موقفا = !has not commented
بقي|بقيت|ظل|ظلت صامتا|صامتة|صامتين = !remained silent
لم يكن|تكن ل هم|ها|ه تعليق = has not commented

# not asked
لم يسأل|تسأل|يخطر|تخطر|يدع|تدع|يشاور|تشاور (مسبقا) = !was not consulted
لم يشرك|تشرك|يشركوا (في) = !was not consulted
لم يؤخذ|تؤخذ رأي|موافقة = did not ask
لم يطلب|تطلب (أحد) رأي|موافقة (من) = did not ask
لم يجر|تجر|يتم|تتم التشاور|التنسيق|الاتفاق (مسبقا) مع = not coordinated with
لم يجر|تجر|يتم|تتم إبلاغ|إخطار = did not consult
لم ينسق|يتشاور|تتشاور|تنسق (أحد) مع = did not consult
(من) دون|بدون علم|استشارة|مشاورة|إبلاغ|إخطار|استئذان = without consulting
(من) دون|بدون التنسيق|تنسيق|الرجوع|التواصل|تشاور مع|إلى = without consulting

# not yet settled
قوات|القوات|جماعات|فصائل|مجموعات موالية|الموالية|متحالفة ل|مع|من = @forces loyal to
قوات|القوات|جماعات|فصائل|مجموعات المتحالفة|مدعومة|المدعومة ل|مع|من = @forces loyal to
ب|في انتظار|انتظار موافقة|رد|جواب|قبول = pending approval of
رهن|مرهون|مرهونة|مشروط|مشروطة (ب) موافقة|قبول = if approved by
تنتظر|ينتظر|ننتظر موافقة|رد|جواب = awaits approval of
بعد|بمجرد|فور|حال موافقة|قبول = if approved by
ب مجرد|حال موافقة|قبول = if approved by

# guarantees
ب ضمان|ضمانة|ضمانات|كفالة = guaranteed by
ب ضمان|ضمانة|ضمانات|كفالة (من) (قبل|جانب) = guaranteed by
تحت|وفق ضمان|ضمانة|ضمانات (من) = guaranteed by
ب رعاية و ضمان|ضمانة|ضمانات = guaranteed by
ب وساطة و ضمان|ضمانة|ضمانات = guaranteed by
ب ضمان|ضمانة و رعاية|وساطة|إشراف = guaranteed by
مضمون|مضمونة|مكفول|مكفولة من (قبل|جانب|طرف) = guaranteed by
ب صفة|وصف ها|ه|هما ضامن|ضامنة|ضامنا|ضامنين|ضامنتين = as guarantor
ب صفة|وصف ضامن|ضامنة|ضامنا|ضامنين|ضامنتين = as guarantor
ب صفة|وصف الطرف|الجهة|الدولة|الدولتين|الطرفين الضامن|الضامنة|الضامنتين|الضامنين = as guarantor
(ب) دور الضامن|ضامن = as guarantor
ضامنتين|ضامنان|ضامنتان|ضامنين = guarantors
كفيل|كفيلا|كفيلة = guarantor
طرف|طرفا|جهة|دولة ضامن|ضامنا|ضامنة = guarantor
الطرف|الجهة|الدولة الضامن|الضامنة = guarantor
الأطراف|الجهات الضامنة = guarantors
ضامن|ضامنة|ضامنان|ضامنتان|ضامنون هو|هي|هم|هما = guarantor is
الطرف|الجهة|الدولة|الأطراف|الدول|الجهات الضامن|الضامنة هو|هي|هم = guarantor is
الضامنون|ضامنو|الضامنين = guarantors
تعهد|تعهدت|يتعهد|تتعهد|تعهدوا ب ضمان = !guarantees
تكفل|تكفلت|يتكفل|تتكفل ب = !guarantees
قدم|قدمت|تقدم|يقدم|أعطى|أعطت|منح|منحت ضمانات|ضمانة|ضمانا = !gave guarantees
تلقى|تلقت|تلقوا|حصل|حصلت|حصلوا (على) ضمانات|ضمانة|تطمينات من = received guarantees from
ضمانات|ضمانة قدمها|قدمتها|أعطتها|أعطاها = guarantees given by
ضمانات|ضمانة قدم|قدمت ها = guarantees given by
الضمانة|الضمان|الضمانات من = guarantees from
ضمانات|ضمانة|ضمان = ~assurances
"""
