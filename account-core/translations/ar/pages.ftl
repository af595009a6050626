## On every page

page-language = اللغة

## Buttons and links that stand on several pages

link-sign-in-back = العودة إلى تسجيل الدخول
link-register = إنشاء حساب
link-forgot = هل نسيت كلمة المرور؟
link-continue = متابعة
link-account = الانتقال إلى حسابك
link-another-email = طلب رسالة أخرى
link-new-tab = (يُفتح في علامة تبويب جديدة)
button-verify = تأكيد
button-resend = إعادة إرسال الرسالة
email-not-sent = لم تُرسل أي رسالة. يُرجى تصحيح الخطأ أدناه.
offer-register = ليس لديك حساب؟ <a>إنشاء حساب</a>.
offer-sign-in = لديك حساب بالفعل؟ <a>تسجيل الدخول</a>.
signed-in-as = تم تسجيل دخولك باسم <strong>{ $address }</strong>.

## Fields

label-email = عنوان البريد الإلكتروني
label-password = كلمة المرور
label-new-password = كلمة المرور الجديدة
label-current-password = كلمة المرور الحالية
label-name = الاسم
label-optional = (اختياري)
label-code = الرمز
choice-none = غير محدد
incorrect-password = كلمة المرور غير صحيحة.
enter-password = يُرجى إدخال كلمة المرور.

## The password field

password-rules-link = قواعد كلمات المرور
password-show = إظهار
password-hide = إخفاء
password-caps-lock = مفتاح Caps Lock مفعّل.
password-strength-weak = سهلة التخمين. يُرجى إضافة كلمات أخرى.
password-strength-fair = يمكن أن تكون أقوى. يُرجى إضافة كلمة.
password-strength-good = صعبة التخمين.
password-rule-met = مستوفاة
password-hint-min = { $min ->
    [one] حرف واحد على الأقل.
    [two] حرفان على الأقل.
    [few] { $min } أحرف على الأقل.
    [many] { $min } حرفًا على الأقل.
   *[other] { $min } حرف على الأقل.
}
password-hint-between = { $max ->
    [one] من { $min } إلى حرف واحد.
    [two] من { $min } إلى حرفين.
    [few] من { $min } إلى { $max } أحرف.
    [many] من { $min } إلى { $max } حرفًا.
   *[other] من { $min } إلى { $max } حرف.
}
password-hint-with-min = { $min ->
    [one] حرف واحد على الأقل، منها { $list }.
    [two] حرفان على الأقل، منها { $list }.
    [few] { $min } أحرف على الأقل، منها { $list }.
    [many] { $min } حرفًا على الأقل، منها { $list }.
   *[other] { $min } حرف على الأقل، منها { $list }.
}
password-hint-with-between = { $max ->
    [one] من { $min } إلى حرف واحد، منها { $list }.
    [two] من { $min } إلى حرفين، منها { $list }.
    [few] من { $min } إلى { $max } أحرف، منها { $list }.
    [many] من { $min } إلى { $max } حرفًا، منها { $list }.
   *[other] من { $min } إلى { $max } حرف، منها { $list }.
}
password-hint-words = عدة كلمات لا صلة بينها تشكّل كلمة مرور قوية.
password-hint-no-spaces = دون مسافات.
password-part-uppercase = حرف لاتيني كبير
password-part-lowercase = حرف لاتيني صغير
password-part-digit = رقم
password-part-digit-or-special = رقم أو رمز خاص
password-part-special = أحد الرموز { $set }
password-rule-min = { $min ->
    [one] حرف واحد على الأقل
    [two] حرفان على الأقل
    [few] { $min } أحرف على الأقل
    [many] { $min } حرفًا على الأقل
   *[other] { $min } حرف على الأقل
}
password-rule-max = { $max ->
    [one] حرف واحد على الأكثر
    [two] حرفان على الأكثر
    [few] { $max } أحرف على الأكثر
    [many] { $max } حرفًا على الأكثر
   *[other] { $max } حرف على الأكثر
}
password-rule-uppercase = حرف لاتيني كبير
password-rule-lowercase = حرف لاتيني صغير
password-rule-digit = رقم
password-rule-digit-or-special = رقم أو رمز خاص
password-rule-special = رمز خاص: { $set }
password-rule-no-spaces = دون مسافات
password-rule-common = ليست كلمة مرور شائعة ولم تظهر في تسريب بيانات
password-rule-guessable = ليست سهلة التخمين: لا تكرار ولا تسلسل مفاتيح ولا كلمة واحدة أُضيفت إليها أحرف قليلة
password-rule-personal = لا تحتوي على عنوانك أو اسمك أو اسم هذه الخدمة
password-policy-title = قواعد كلمات المرور
password-policy-intro = يجب أن تستوفي كلمة المرور الجديدة القواعد الآتية:
password-policy-advice = جميع الأحرف والرموز مسموح بها، بما فيها المسافات. يمكنك لصق كلمة مرور، أو أن تنشئها لك أداة إدارة كلمات المرور.
password-policy-advice-no-spaces = جميع الأحرف والرموز مسموح بها ما عدا المسافات. يمكنك لصق كلمة مرور، أو أن تنشئها لك أداة إدارة كلمات المرور.
password-policy-phrase = عدة كلمات لا صلة بينها يسهل تذكرها ويصعب تخمينها. الطول أهم من الرموز الخاصة.
password-policy-administrators = قد تسري على المشرفين قواعد أشد.

## Registering

register-title = إنشاء حساب
register-refused = لم يُنشأ حسابك. يُرجى تصحيح الأخطاء أدناه.
register-next = سنرسل إليك رابطًا لتأكيد عنوانك. يصبح حسابك جاهزًا بعد التأكيد.
register-choose = اختيار
register-organization = رمز المؤسسة
register-consent = أوافق على <a>شروط الخدمة</a> و<a>سياسة الخصوصية</a>.
register-consent-terms = أوافق على <a>شروط الخدمة</a>.
register-consent-privacy = أوافق على <a>سياسة الخصوصية</a>.
register-did-you-mean = هل المقصود <strong>{ $suggestion }</strong>؟ إذا كان العنوان <strong>{ $address }</strong> صحيحًا، يُرجى إرسال النموذج مرة أخرى.

## Waiting for the email

waiting-title = يُرجى التحقق من بريدك الإلكتروني
waiting-title-undelivered = تعذّر تسليم الرسالة
waiting-title-expired = انتهت صلاحية الرابط
waiting-sent = أرسلنا رسالة إلى <strong>{ $address }</strong>. يُرجى إدخال الرمز المكوّن من 8 أحرف أو فتح الرابط.
waiting-sent-link = أرسلنا رسالة إلى <strong>{ $address }</strong>. يُرجى فتح الرابط الوارد فيها.
waiting-undelivered = تم التسجيل بالعنوان <strong>{ $address }</strong>.
waiting-expired = لم يُؤكَّد العنوان <strong>{ $address }</strong> في الوقت المحدد. يُرجى طلب رسالة أخرى للمتابعة.
waiting-sign-in = يُرجى تأكيد عنوان بريدك الإلكتروني قبل تسجيل الدخول.
waiting-sign-in-undelivered = لا يمكنك تسجيل الدخول بعد: هذا العنوان غير مؤكَّد.
waiting-sending = نرسل رسالة أخرى. لا تصلح إلا أحدث رسالة.
waiting-code-wrong = الرمز غير صحيح. يُرجى إدخال الرمز المكوّن من 8 أحرف من أحدث رسالة. بعد 5 رموز غير صحيحة لا يعمل إلا الرابط.
waiting-code-refused = لم يُؤكَّد العنوان. يُرجى تصحيح الخطأ أدناه.
waiting-code-exhausted = أُدخلت رموز غير صحيحة كثيرة. يُرجى فتح الرابط الوارد في الرسالة بدلًا من ذلك.
waiting-no-email = لم تصل الرسالة؟
waiting-no-email-text = إذا لم تصل خلال بضع دقائق، فيمكنك إعادة إرسالها.
waiting-wrong-address-title = العنوان خطأ؟
waiting-wrong-address = <a>التسجيل بعنوان آخر</a>.
waiting-correct-label = عنوان البريد الإلكتروني الصحيح
waiting-correct = تغيير العنوان
waiting-correct-refused = لم يتغيّر العنوان. يُرجى تصحيح الخطأ أدناه.
waiting-mail-queued = الرسالة في الطريق.
waiting-mail-handed-over = قد يستغرق وصولها بضع دقائق. إذا تعذّر العثور عليها، يُرجى البحث في مجلد الرسائل غير المرغوب فيها.
waiting-mail-deferred = تعذّر تسليم الرسالة حتى الآن. سنواصل المحاولة.
waiting-mail-failed = يُرجى إعادة الإرسال أو تصحيح العنوان أدناه.
waiting-mail-bounced = يُرجى التحقق من العنوان. إذا كان غير صحيح، فيمكن تصحيحه أدناه.
waiting-requested = طُلبت منذ { $span }.
waiting-unknown = إذا سجّلت، فقد أرسلنا إليك رسالة. يُرجى فتح الرابط الوارد فيها.
waiting-unknown-sending = إذا كان هناك تسجيل قيد الانتظار لهذا العنوان، فإننا نرسل رسالة أخرى.
waiting-unknown-no-email = يُرجى البحث في مجلد الرسائل غير المرغوب فيها أو إعادة إرسال الرسالة.

## Verifying an address

verify-title = تأكيد عنوان بريدك الإلكتروني
verify-enough = يُرجى تأكيد العنوان <strong>{ $address }</strong> لتفعيل حسابك.
verify-wrong-password = كلمة المرور غير صحيحة للعنوان <strong>{ $address }</strong>. يمكنك المحاولة مرة أخرى أو <a>اختيار كلمة مرور جديدة</a>.
verify-new-password-refused = لم يُؤكَّد العنوان لأن كلمة المرور الجديدة لم تُقبل:
verify-proof-missing = سُجّل هذا العنوان في متصفح آخر. يُرجى إدخال كلمة مرور لتأكيده.
verify-password = يُرجى إدخال كلمة المرور التي اختيرت عند تسجيل <strong>{ $address }</strong>.
verify-forgot-title = هل نسيت كلمة المرور؟
verify-forgot = إذا نسيت كلمة المرور، أو سجّل شخص آخر هذا العنوان، فيمكنك اختيار كلمة مرور جديدة.
verify-choose = يُرجى اختيار كلمة مرور للعنوان <strong>{ $address }</strong>.
verify-drops = سيُحذف كل ما أُدخل غير ذلك عند التسجيل، كالاسم مثلًا.
verify-with-new-password = التأكيد بكلمة مرور جديدة
verified-title = تم تأكيد عنوان البريد الإلكتروني
verified-signed-in = تم تأكيد العنوان <strong>{ $address }</strong> وحسابك جاهز. لقد تم تسجيل دخولك.
verified-sign-in = تم تأكيد العنوان <strong>{ $address }</strong> وحسابك جاهز. يُرجى تسجيل الدخول بهذا العنوان وكلمة المرور.
verified-username-taken = اسم المستخدم المطلوب حُجز في هذه الأثناء. يمكنك اختيار اسم آخر في حسابك.
completed-title = حسابك جاهز
completed-text = تم تأكيد العنوان <strong>{ $address }</strong>.

## Verifying another address of an account

confirm-address-text = تم تسجيل دخولك باسم <strong>{ $address }</strong>. يُرجى تأكيد العنوان الذي وصلت إليه رسالتنا لاستخدامه مع هذا الحساب.
confirm-address-elsewhere = لم يُسجَّل الدخول في هذا المتصفح. إذا أُدخل العنوان الجديد في متصفح آخر، فيُرجى فتح الرابط هناك.
confirm-address-sign-in = تسجيل الدخول للتأكيد
confirm-address-not-you = إذا لم يصدر هذا الطلب عنك، فيمكنك إغلاق هذه الصفحة.
address-confirmed-primary = أصبح عنوان البريد الإلكتروني لحسابك <strong>{ $address }</strong>. يُرجى استخدامه لتسجيل الدخول. تم تسجيل خروجك من كل مكان آخر.
address-confirmed-secondary = أصبح تابعًا لحسابك.

## Signing in

sign-in-identifier = عنوان البريد الإلكتروني أو اسم المستخدم
sign-in-wrong = البريد الإلكتروني أو اسم المستخدم أو كلمة المرور غير صحيح. يمكنك المحاولة مرة أخرى أو إعادة تعيين كلمة المرور.
sign-in-refused = يُرجى تصحيح الأخطاء أدناه لتسجيل الدخول.
sign-in-identifier-required = يُرجى إدخال عنوان بريدك الإلكتروني أو اسم المستخدم.
sign-in-signed-out = تم تسجيل خروجك.
sign-in-ended = انتهت جلستك ولم يتغيّر شيء. يُرجى تسجيل الدخول من جديد للمتابعة.
sign-in-already = تم تسجيل دخولك في هذا المتصفح باسم <strong>{ $address }</strong>. <a>الانتقال إلى ذلك الحساب</a>.

## A forgotten password

forgot-title = هل نسيت كلمة المرور؟
forgot-text = يُرجى إدخال عنوان البريد الإلكتروني لحسابك. سنرسل إليك رابطًا لإعادة تعيين كلمة المرور.
forgot-send = إرسال الرابط
forgot-sent-title = يُرجى التحقق من بريدك الإلكتروني
forgot-sent-text = إذا كان لهذا العنوان حساب، فقد أرسلنا إليه رابطًا لإعادة تعيين كلمة المرور.
forgot-sent-patience = قد يستغرق وصول الرسالة بضع دقائق. إذا لم تصل، يُرجى البحث في مجلد الرسائل غير المرغوب فيها والتأكد من إدخال عنوان حسابك.
reset-title = اختيار كلمة مرور جديدة
reset-refused = لم تتغيّر كلمة المرور:
reset-text = لحساب <strong>{ $address }</strong>. سيُسجَّل خروجك من كل مكان آخر.
reset-save = حفظ كلمة المرور
password-set-title = تم تغيير كلمة المرور
password-set-text = تم تسجيل دخولك باسم <strong>{ $address }</strong>. تم تسجيل خروجك من كل مكان آخر.

## An invitation

invitation-title = قبول الدعوة
invitation-refused = لم يُنشأ حسابك. يُرجى تصحيح الأخطاء أدناه.
invitation-text = ندعوك إلى إنشاء حساب بالعنوان <strong>{ $address }</strong>. يُرجى اختيار كلمة مرور لقبول الدعوة.
invitation-accept = قبول الدعوة
accepted-title = حسابك جاهز

## An account that will be deleted

deletion-begun-title = سيُحذف حسابك
deletion-begun-text = سيُحذف حساب <strong>{ $address }</strong> بتاريخ { $due }. تم تسجيل خروجك من كل مكان.
deletion-begun-keep = للاحتفاظ بحسابك، يُرجى تسجيل الدخول قبل ذلك الموعد وإلغاء الحذف.
deletion-due = سيُحذف حسابك بتاريخ { $due }. يمكنك إلغاء الحذف حتى ذلك الموعد.

## Waiting because of bots

challenge-full = <strong>يُرجى المحاولة مرة أخرى بعد { $time }.</strong> ينتظر الآن عدد كبير من الأشخاص.
challenge-wait = <strong>يُرجى الانتظار { $time } ثم إرسال النموذج.</strong> الانتظار يُبعد الروبوتات.
challenge-script = <strong>يُرجى إرسال النموذج مرة أخرى.</strong> نتحقق من أنك لست روبوتًا.
challenge-password = يُرجى إدخال كلمة المرور من جديد: لم نحتفظ بها.
challenge-turn-on-script = عند تفعيل JavaScript لهذا الموقع، لا حاجة إلى الانتظار.
challenge-checking = نتحقق من أنك لست روبوتًا…
wait-seconds = { $count ->
    [one] ثانية واحدة
    [two] ثانيتين
    [few] { $count } ثوانٍ
   *[other] { $count } ثانية
}
wait-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}
wait-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $count } ساعات
   *[other] { $count } ساعة
}

## Links that no longer work

dead-link-invalid-title = رابط غير صالح
dead-link-expired-title = انتهت صلاحية الرابط
dead-link-newer-title = أرسلنا إليك رسالة أحدث
dead-link-stale-title = لم يعد هذا الرابط يعمل
dead-link-verified-title = تم تأكيد عنوان البريد الإلكتروني من قبل
dead-link-account-title = لديك حساب بالفعل
dead-link-used-title = استُخدم الرابط من قبل
dead-link-invitation-expired-title = انتهت صلاحية الدعوة
dead-link-invitation-used-title = قُبلت الدعوة من قبل
dead-link-verification-invalid = يُرجى فتح الرابط الكامل الوارد في الرسالة. إذا لم ينجح ذلك، فيمكنك طلب رسالة أخرى أدناه.
dead-link-reset-invalid = يُرجى فتح الرابط الكامل الوارد في الرسالة. إذا لم ينجح ذلك، فيمكنك طلب رسالة أخرى.
dead-link-address-invalid = يُرجى فتح الرابط الكامل الوارد في الرسالة. إذا لم ينجح ذلك، فيُرجى إدخال العنوان في حسابك من جديد.
dead-link-invitation-invalid = يُرجى فتح الرابط الكامل الوارد في الرسالة. إذا لم ينجح ذلك، فيُرجى طلب دعوة أخرى.
dead-link-verification-expired = يمكنك طلب رسالة أخرى أدناه.
dead-link-verification-used = يمكنك تسجيل الدخول.
dead-link-verification-newer = يُرجى فتح الرابط الوارد في أحدث رسالة. إذا تعذّر العثور عليها، فيمكنك طلب رسالة أخرى أدناه.
dead-link-account = يُرجى تسجيل الدخول. إذا لم تكن كلمة المرور معروفة لديك، فيمكنك إعادة تعيينها.
dead-link-reset-expired = يُرجى طلب رسالة أخرى.
dead-link-reset-used = استُخدم لتغيير كلمة المرور. إذا لم يصدر ذلك عنك، فيُرجى طلب رسالة أخرى واختيار كلمة مرور جديدة.
dead-link-reset-newer = يُرجى فتح الرابط الوارد في أحدث رسالة أو طلب رسالة أخرى.
dead-link-reset-stale = تغيّرت كلمة المرور أو العنوان منذ إرسال الرسالة. يمكنك طلب رسالة أخرى عند الحاجة.
dead-link-address-expired = يُرجى إدخال العنوان في حسابك من جديد للحصول على رابط آخر.
dead-link-address-used = استُخدم هذا الرابط من قبل.
dead-link-address-newer = يُرجى فتح الرابط الوارد في أحدث رسالة، أو إدخال العنوان في حسابك من جديد للحصول على رسالة أخرى.
dead-link-address-stale = هذا العنوان لحساب آخر، أو تغيّر عنوانك منذ إرسال الرسالة. لم يتغيّر شيء.
dead-link-invitation-expired = يُرجى طلب دعوة أخرى.
dead-link-invitation-used = لديك حساب ويمكنك تسجيل الدخول.
dead-link-invitation-newer = يُرجى فتح الرابط الوارد في أحدث رسالة أو طلب دعوة أخرى.

## Errors

error-form-expired-title = انتهت صلاحية النموذج
error-form-expired = انتهت صلاحية النموذج. يُرجى إرساله مرة أخرى. إذا تكرر ذلك في كل مرة، فيُرجى السماح بملفات تعريف الارتباط لهذا الموقع.
error-not-found-title = الصفحة غير موجودة
error-not-found = يُرجى التحقق من عنوان الصفحة.
error-method-title = لا يمكن فتح هذه الصفحة مباشرة
error-method = يُرجى الرجوع وإرسال النموذج.
error-timeout-title = انتهت المهلة
error-timeout = استغرق وصول النموذج وقتًا طويلًا. يُرجى إرساله مرة أخرى.
error-too-large-title = النموذج كبير جدًا
error-too-large = حجم النموذج أكبر من 64 كيلوبايت. لم يتغيّر شيء.
error-invalid-form-title = نموذج غير صالح
error-invalid-form = يُرجى فتح الصفحة من جديد وملء النموذج مرة أخرى.
error-challenge-title = يُرجى المحاولة لاحقًا
error-challenge = عدد الطلبات الآن أكبر من المعتاد.
error-limited-title = يُرجى الانتظار
error-limited = محاولات كثيرة جدًا.
error-unavailable-title = الخدمة غير متاحة
error-unavailable = الخدمة مشغولة. لم يتغيّر شيء.
error-internal-title = حدث خطأ ما
error-internal = ليس هذا خطأك. إذا تكرر ذلك، فيُرجى التواصل مع الدعم وذكر معرّف الطلب.
error-internal-id = معرّف الطلب: { $id }.
error-code-exhausted-title = رموز غير صحيحة كثيرة
error-code-exhausted = يُرجى فتح الرابط الوارد في الرسالة بدلًا من ذلك.
error-link = يُرجى فتح الرابط الكامل الوارد في الرسالة.
error-closed-title = التسجيل مغلق
error-closed = لا تُقبل حسابات جديدة الآن.
error-signed-out-title = لم يُسجَّل دخولك
error-signed-out = يُرجى تسجيل الدخول ثم المحاولة مرة أخرى.
error-unverified-title = عنوان بريدك الإلكتروني غير مؤكَّد
error-unverified = يُرجى أولًا فتح الرابط الوارد في الرسالة التي أرسلناها إليك.
error-deletion-title = سيُحذف حسابك
error-deletion = يُرجى أولًا إلغاء الحذف في صفحة حسابك.
error-elsewhere-title = طُلب هذا التغيير من مكان آخر
error-elsewhere = يُرجى فتح الرابط في المتصفح الذي طُلب فيه التغيير، مع بقاء الدخول مسجَّلًا فيه.
error-last-super-admin-title = حسابك هو آخر مشرف عام
error-last-super-admin = يُرجى جعل حساب آخر مشرفًا عامًا قبل حذف هذا الحساب.
error-forbidden-title = غير مسموح
error-forbidden = لا يُسمح لحسابك بذلك. لم يتغيّر شيء.
error-other-title = لم ينجح ذلك
error-other = يُرجى فتح الصفحة من جديد وملء النموذج مرة أخرى.
error-try-again = يُرجى المحاولة مرة أخرى بعد { $time }.

## What is wrong with a field

violation-email-required = يُرجى إدخال عنوان بريدك الإلكتروني.
violation-email-malformed = يُرجى إدخال عنوان بريد إلكتروني صالح، مثل name@example.com.
violation-email-domain-denied = لا تُقبل عناوين هذا النطاق. يُرجى استخدام عنوان آخر.
violation-email-disposable = لا تُقبل عناوين البريد المؤقتة. يُرجى استخدام عنوان دائم.
violation-email-misspelled = يُرجى التحقق من هذا العنوان: قد يكون هناك خطأ في الجزء الذي يلي @.
violation-email-without-mail = نطاق هذا العنوان لا يستقبل البريد. يُرجى التحقق من العنوان.
violation-consent-required = الموافقة مطلوبة للتسجيل.
violation-password-required = يُرجى اختيار كلمة مرور.
violation-password-too-short = { $min ->
    [one] يجب ألا تقل كلمة المرور عن حرف واحد.
    [two] يجب ألا تقل كلمة المرور عن حرفين.
    [few] يجب ألا تقل كلمة المرور عن { $min } أحرف.
    [many] يجب ألا تقل كلمة المرور عن { $min } حرفًا.
   *[other] يجب ألا تقل كلمة المرور عن { $min } حرف.
}
violation-password-too-long = { $max ->
    [one] يجب ألا تزيد كلمة المرور على حرف واحد.
    [two] يجب ألا تزيد كلمة المرور على حرفين.
    [few] يجب ألا تزيد كلمة المرور على { $max } أحرف.
    [many] يجب ألا تزيد كلمة المرور على { $max } حرفًا.
   *[other] يجب ألا تزيد كلمة المرور على { $max } حرف.
}
violation-password-uppercase = يجب أن تحتوي كلمة المرور على حرف لاتيني كبير.
violation-password-lowercase = يجب أن تحتوي كلمة المرور على حرف لاتيني صغير.
violation-password-digit = يجب أن تحتوي كلمة المرور على رقم.
violation-password-digit-or-special = يجب أن تحتوي كلمة المرور على رقم أو رمز خاص.
violation-password-special = يجب أن تحتوي كلمة المرور على رمز خاص.
violation-password-space = يجب ألا تحتوي كلمة المرور على مسافات.
violation-password-blank = لا يمكن أن تتكوّن كلمة المرور من مسافات فقط.
violation-password-common = كلمة المرور هذه شائعة جدًا أو ظهرت في تسريب بيانات. يُرجى اختيار كلمة أخرى.
violation-password-repetitive = يجب ألا تكون كلمة المرور تكرارًا أو تسلسل مفاتيح.
violation-password-guessable = كلمة المرور سهلة التخمين: يُرجى استخدام كلمات أكثر، أو كلمات لا صلة بينها.
violation-password-personal = يجب ألا تحتوي كلمة المرور على عنوانك أو اسمك أو اسم هذه الخدمة.
violation-password-used-before = يجب ألا تكون كلمة المرور إحدى كلماتك الأخيرة.
violation-country = يُرجى اختيار بلد من القائمة.
violation-language = يُرجى اختيار لغة من القائمة.
violation-time-zone = يُرجى اختيار منطقة زمنية من القائمة.
violation-required = { $field }: هذا الحقل مطلوب.
violation-too-short = { $min ->
    [one] { $field }: حرف واحد على الأقل.
    [two] { $field }: حرفان على الأقل.
    [few] { $field }: { $min } أحرف على الأقل.
    [many] { $field }: { $min } حرفًا على الأقل.
   *[other] { $field }: { $min } حرف على الأقل.
}
violation-too-long = { $max ->
    [one] { $field }: حرف واحد على الأكثر.
    [two] { $field }: حرفان على الأكثر.
    [few] { $field }: { $max } أحرف على الأكثر.
    [many] { $field }: { $max } حرفًا على الأكثر.
   *[other] { $field }: { $max } حرف على الأكثر.
}
violation-malformed = { $field }: القيمة غير صالحة.
violation-forbidden-character = { $field }: لا يُسمح بأحرف التحكم أو الأحرف غير المرئية.
violation-unknown = { $field }: القيمة غير معروفة.
violation-blank = { $field }: لا تكفي المسافات وحدها.
violation-taken = { $field }: مستخدم بالفعل.
violation-out-of-range = { $field }: القيمة خارج الحدود المسموح بها.
violation-cannot-be-cleared = { $field }: لا يمكن إفراغ هذا الحقل.
violation-not-accepted = { $field }: القيمة غير مقبولة.

field-email = عنوان البريد الإلكتروني
field-password = كلمة المرور
field-name = الاسم
field-given-name = الاسم الأول
field-family-name = اسم العائلة
field-username = اسم المستخدم
field-country = البلد
field-language = اللغة
field-time-zone = المنطقة الزمنية
field-phone = رقم الهاتف
field-postal-address = العنوان البريدي
field-company = الشركة
field-industry = المجال
field-date-of-birth = تاريخ الميلاد
field-bio = نبذة
field-avatar = معرّف الصورة
field-notification-address = عنوان بريد إلكتروني إضافي
field-alternate-address = عنوان بريد إلكتروني بديل
field-organization = المؤسسة
field-other = القيمة

## Registering and signing in with another provider's account

provider-continue = المتابعة باستخدام { $provider }
provider-or = أو
provider-last-used = آخر ما استُخدم
provider-leaving-title = المتابعة باستخدام { $provider }
provider-leaving = جارٍ نقلك إلى { $provider }.
provider-return-title = العودة من { $provider }
provider-return = لحظة من فضلك، جارٍ الإنهاء.
error-provider-unknown-title = غير متاح
error-provider-unknown = طريقة تسجيل الدخول هذه غير متاحة. يُرجى اختيار طريقة أخرى.
error-provider-flow-title = يُرجى البدء من جديد
error-provider-flow = انتهت المهلة، أو اكتملت العملية بالفعل، أو بدأت في متصفح آخر. يُرجى البدء من جديد هنا.
error-provider-denied-title = لم تسجّل الدخول هناك
error-provider-denied = يُرجى المحاولة مرة أخرى أو اختيار طريقة أخرى.
error-provider-away-title = لا يوجد رد
error-provider-away = لم يتغيّر شيء. يُرجى المحاولة بعد بضع دقائق أو اختيار طريقة أخرى.
error-provider-invalid-title = لم تنجح العملية
error-provider-invalid = لا يمكن استخدام الرد الوارد. لم يتغيّر شيء. يُرجى اختيار طريقة أخرى.
error-provider-address-title = لا يوجد عنوان بريد إلكتروني
error-provider-address = لم يصلنا عنوان بريد إلكتروني. يُرجى التسجيل بعنوانك وكلمة مرور.
error-identity-taken-title = مرتبط بحساب آخر
error-identity-taken = هذا الحساب مرتبط بحساب آخر هنا. يُرجى تسجيل الدخول إليه وإلغاء الربط أولًا.
error-identity-other-title = ليس الحساب نفسه
error-identity-other = هذا ليس الحساب المطلوب هنا. يُرجى المحاولة بالحساب الصحيح.
error-identity-many-title = حسابات مرتبطة كثيرة
error-identity-many = يُرجى إلغاء ربط أحدها أولًا.
error-identity-last-title = آخر طريقة لتسجيل الدخول
error-identity-last = يُرجى تعيين كلمة مرور أو ربط حساب آخر أولًا.
error-disabled-title = الحساب معطّل
error-disabled = لا يمكنك تسجيل الدخول إلى هذا الحساب. يُرجى التواصل مع الدعم.
