"""Hold further Arabic words for parties and for how they answer, everyday speech among them."""

from __future__ import annotations

__all__ = ["REPLIES"]

REPLIES = """
# parties
لجنة أمنية|الأمنية = @~security committee
لجنة محلية|المحلية = @~local committee
لجنة أهلية|الأهلية|شعبية|الشعبية = @~local committee
مجلس الرقة المدني = @Raqqa Civil Council
مجلس دير الزور المدني = @Deir Ezzor Civil Council
مجلس منبج العسكري = @Manbij Military Council
المجلس = ~council
حركتا|حركتي فتح و حماس = @Fatah and Hamas
حركتا|حركتي حماس و فتح = @Hamas and Fatah
حركتا|حركتي|فصيلا|فصيلي|تنظيما|تنظيمي =
ممثل|مندوب|ناطق|موفد عن = @spokesman for
ممثل|مندوب عن لجنة الحي = @spokesman for neighbourhood committee
عضو في المجلس المحلي = @local council
عضو|أعضاء المجلس المحلي = @local council
قيادي|قياديون|مسؤول|مصدر في حركة|فصائل|جماعة = @commander in

# agreeing
ردت|ردوا = !replied
التزم|التزمت|التزموا|لزم|لزمت|لزموا = !kept
الصمت = silent
حصل|حصلت|حصلوا = !received
على موافقة (من) = the approval of
رد|ردت|ردوا ب أن = !replied that
رد|ردت|ردوا ب أنه|أنها|أنهم = !replied that it
رد|ردت|ردوا قائلا|قائلة|قائلين (إن) = !replied that
إنه|إنها|إنهم|أنه|أنها|أنهم|أنهما موافق|موافقة|موافقون|موافقين|موافقان (على) = that it agreed to
إنه|إنها|إنهم|أنه|أنها|أنهم|أنهما ملتزم|ملتزمة|ملتزمون|ملتزمين ب = that it pledged to respect
التزما|التزمتا ب = !pledged to respect
التزم|التزمت|التزموا|التزما|التزمتا به|بها = !pledged to respect the truce
قبلوا|قبلا|قبلتا ب = !accepted
وافقوا|وافقا|وافقتا على = !agreed to
حصل|حصلت|حصلوا|أخذ|أخذت|انتزع|انتزعت (على) موافقة (من) = received the approval of
حصل|حصلت|حصلوا على موافقات من = received the approval of
موافقين|موافقون على = agreed to
ماشي|ماشيين|ماشين مع|ب هدنة|اتفاق = !agreed to the truce
أبرم|أبرمت|أنجز|أنجزت = concluded
ب مقتضى|موجب اتفاق بين = under an agreement reached between
ب اتفاق|تفاهم بين = under an agreement reached between
باركت|بارك = !backed

# refusing
مو|مش|مهم|مانهم|مانو|ماهم|منا موافق|موافقة|موافقين|قابلين = !rejected
ما قبل|قبلت|قبلوا|وافق|وافقت|وافقوا|رضي|رضوا = !rejected
ما بدهم|بدو|بدها هدنة|اتفاق|وقف = !rejected the truce
ضرب|ضربت|ضربوا ب هدنة|اتفاق عرض الحائط = !rejected the truce
ب أنه|أنها خدعة|مناورة|كذبة|مسرحية|خديعة|حيلة|دعاية|مهزلة = as a trick
خدعة|مناورة|كذبة|مسرحية|خديعة|حيلة|مهزلة = a trick
وصف|وصفت|وصفوا = !described
اعتبر|اعتبرت|اعتبروا ه|ها = !described it as
اعتبر|اعتبرت|اعتبروا = !described
اتهامات|اتهام|مزاعم = ~accusations
أدار|أدارت|أداروا ظهر = !rejected

# silent
التزم|التزمت|التزموا|لزم|لزمت|لزموا الصمت = !remained silent
ما رد|ردت|ردوا|جاوب|جاوبت|جاوبوا|علق|علقت|علقوا|حكى|حكوا = !has not responded
(لسا|لسه) ما طلع|صدر (شي) (رد|بيان) من|عن = no comment from
حتى اللحظة|تاريخه = so far
لحد هلق|الآن|هلأ|اليوم|هاللحظة = so far
لحد حتى الآن = so far

# not asked
إن|أن أحدا|أحد لم يستشر|يسأل|يبلغ|يخبر|يشاور ه|ها|هم = that it was not consulted
إن|أن أحدا = that it
ما حدا|حد|أحد سأل|استشار|شاور|خبر|بلغ = nobody asked
محدا|محدش سأل|استشار|شاور|خبر|بلغ = nobody asked
علم|علمت|علموا|سمع|سمعت|سمعوا ب هدنة|اتفاق|ممر|إعلان|قرار|وقف من = !learned of the truce from
علم|علمت|علموا|سمع|سمعت|سمعوا به|بها|بالأمر من = !learned of it from
فوجئ|فوجئت|فوجئوا ب هدنة|إعلان|قرار = !learned of the truce from

# guarantees
هو|هي|هم|هما الضامن|ضامن|الضامنة|ضامنة|الضامنان|الضامنون|الضامنين = is guarantor
هو|هي|هم|هما الطرف|الجهة الضامن|الضامنة = is guarantor
"""
