# Emails. A key that ends in `-text` is for the part in plain text, where the link stands on the next line.
# Requests are verbal nouns behind «يُرجى», which do not depend on the reader's gender.

## Parts of several emails

mail-greeting = مرحبًا،

mail-at-operator = { $named ->
    [yes] { " " }لدى { $operator }
   *[no] { "" }
}

mail-button-fails = إذا لم يعمل الزر، يُرجى نسخ هذا الرابط إلى المتصفح:
mail-lasting = الرابط صالح حتى { $expires_at }.
mail-lasting-with-code = الرابط والرمز صالحان حتى { $expires_at }.
mail-code = ويمكن بدلًا من ذلك إدخال هذا الرمز حيث جرى التسجيل:
mail-never-asked = لن نطلب منك كلمة المرور أبدًا.
mail-not-forwarded = يُرجى عدم إعادة توجيه هذه الرسالة.
mail-code-not-shared = يُرجى عدم إعادة توجيه هذه الرسالة وعدم مشاركة الرمز مع أحد.

mail-not-you = إذا صدر ذلك عنك، فيمكنك تجاهل هذه الرسالة. وإلا، يُرجى <a>إعادة تعيين كلمة المرور</a> فورًا.
mail-not-you-text = إذا صدر ذلك عنك، فيمكنك تجاهل هذه الرسالة. وإلا، يُرجى إعادة تعيين كلمة المرور فورًا من هنا:
mail-forgot = هل نسيت كلمة المرور؟ يمكنك <a>إعادة تعيينها</a>.
mail-forgot-text = هل نسيت كلمة المرور؟ يمكنك إعادة تعيينها من هنا:

## Verify your email address

mail-verify-address-subject = تأكيد عنوان بريدك الإلكتروني
mail-verify-address-what = سجّل شخص ما (نأمل أنه أنت){ mail-at-operator } بعنوان البريد الإلكتروني هذا.
mail-verify-address-open = لتأكيد أن العنوان لك، يُرجى فتح الرابط خلال { $expires_in } والضغط على الزر في الصفحة.
mail-verify-address-open-text = لتأكيد أن العنوان لك، يُرجى فتح هذا الرابط خلال { $expires_in } والضغط على الزر في الصفحة:
mail-verify-address-button = تأكيد عنواني
mail-verify-address-otherwise = إذا لم يصدر ذلك عنك، فيمكنك تجاهل هذه الرسالة: لن يُنشأ أي حساب قبل تأكيد العنوان.
mail-verify-address-otherwise-account = إذا لم يصدر ذلك عنك، فيمكنك تجاهل هذه الرسالة: يظل الحساب مقيّدًا ما لم يُؤكَّد العنوان، وسيُحذف بعد ذلك.

## An administrator created an account

mail-account-made-subject = أُنشئ حساب لك
mail-account-made-what = أنشأ أحد المشرفين حسابًا{ mail-at-operator } بعنوان البريد الإلكتروني هذا واختار كلمة المرور الخاصة به.
mail-account-made-open = لاستخدامه، يُرجى فتح الرابط خلال { $expires_in } واختيار كلمة مرور لا يعرفها أحد غيرك.
mail-account-made-open-text = لاستخدامه، يُرجى فتح هذا الرابط خلال { $expires_in } واختيار كلمة مرور لا يعرفها أحد غيرك:
mail-account-made-button = تفعيل حسابي
mail-account-made-otherwise = إذا لم تكن لديك رغبة في هذا الحساب، فيمكنك تجاهل هذه الرسالة: لا يمكن استخدامه قبل تفعيله، وسيُحذف.

## Somebody registered with an address that has an account

mail-already-registered-subject = لديك حساب بالفعل
mail-already-registered-what = حاول شخص ما (نأمل أنه أنت) التسجيل{ mail-at-operator } بعنوان البريد الإلكتروني هذا. لديك حساب بالفعل، ولذلك لم يتغيّر شيء.
mail-already-registered-sign-in-text = يمكنك تسجيل الدخول من هنا:
mail-already-registered-deletion = سيُحذف حسابك بتاريخ { $deletion_due_at } بناءً على طلبك. للاحتفاظ به، يُرجى تسجيل الدخول قبل ذلك الموعد واختيار «{ keep-account }».
mail-already-registered-deletion-text = سيُحذف حسابك بتاريخ { $deletion_due_at } بناءً على طلبك. للاحتفاظ به، يُرجى تسجيل الدخول قبل ذلك الموعد واختيار «{ keep-account }»:
mail-already-registered-otherwise = إذا لم يصدر ذلك عنك، فيمكنك تجاهل هذه الرسالة: لم يعرف أحد شيئًا عن حسابك.

## Somebody came from a provider that names an address that has an account. `$identity` is the provider and the account
## there: "GitHub (octocat)".

mail-provider-link-offer-subject = لديك حساب بالفعل بهذا العنوان
mail-provider-link-offer-what = حاول شخص ما (نأمل أنه أنت) التسجيل{ mail-at-operator } باستخدام { $identity }. لديك حساب بالفعل بعنوان البريد الإلكتروني هذا، ولذلك لم يتغيّر شيء.
mail-provider-link-offer-link = لتسجيل الدخول باستخدام { $provider } من الآن فصاعدًا، يُرجى تسجيل الدخول كالمعتاد ثم ربطه من ملفك الشخصي.
mail-provider-link-offer-link-text = لتسجيل الدخول باستخدام { $provider } من الآن فصاعدًا، يُرجى تسجيل الدخول كالمعتاد ثم ربطه من ملفك الشخصي:
mail-provider-link-offer-otherwise = إذا لم يصدر ذلك عنك، فلا تربطه: فمن يستطيع استخدام { $identity } سيتمكن حينها من تسجيل الدخول إلى حسابك. لم يعرف أحد شيئًا عن حسابك.

## Reset your password

mail-reset-password-subject = إعادة تعيين كلمة المرور
mail-reset-password-what = بتاريخ { $at }، طلب شخص ما (نأمل أنه أنت) إعادة تعيين كلمة مرور حسابك{ mail-at-operator }.
mail-reset-password-open = لاختيار كلمة مرور جديدة، يُرجى فتح الرابط خلال { $expires_in }.
mail-reset-password-open-text = لاختيار كلمة مرور جديدة، يُرجى فتح هذا الرابط خلال { $expires_in }:
mail-reset-password-button = اختيار كلمة مرور جديدة
mail-reset-password-otherwise = إذا لم يصدر ذلك عنك، فيمكنك تجاهل هذه الرسالة: ستبقى كلمة مرورك كما هي.

## Verify a new email address

mail-confirm-new-address-subject = تأكيد عنوان بريدك الإلكتروني الجديد
mail-confirm-new-address-what = بتاريخ { $at }، طلب شخص ما (نأمل أنه أنت) استخدام عنوان البريد الإلكتروني هذا لحسابه{ mail-at-operator }.
mail-confirm-new-address-open = لتأكيد أن العنوان لك، يُرجى فتح الرابط خلال { $expires_in } <strong>في المتصفح الذي طُلب فيه التغيير</strong>، والضغط على الزر في الصفحة.
mail-confirm-new-address-open-text = لتأكيد أن العنوان لك، يُرجى فتح هذا الرابط خلال { $expires_in } في المتصفح الذي طُلب فيه التغيير، والضغط على الزر في الصفحة:
mail-confirm-new-address-button = تأكيد عنواني الجديد
mail-confirm-new-address-otherwise = إذا لم يصدر ذلك عنك، فيمكنك تجاهل هذه الرسالة: لن يتغيّر شيء قبل تأكيد العنوان.

## Verify an additional email address

mail-confirm-secondary-address-subject = تأكيد عنوان بريدك الإلكتروني الإضافي
mail-confirm-secondary-address-what = بتاريخ { $at }، أضاف شخص ما (نأمل أنه أنت) عنوان البريد الإلكتروني هذا إلى حسابه{ mail-at-operator }.
mail-confirm-secondary-address-open = لتأكيد أن العنوان لك، يُرجى فتح الرابط خلال { $expires_in }، وتسجيل الدخول إذا طُلب ذلك، والضغط على الزر في الصفحة.
mail-confirm-secondary-address-open-text = لتأكيد أن العنوان لك، يُرجى فتح هذا الرابط خلال { $expires_in }، وتسجيل الدخول إذا طُلب ذلك، والضغط على الزر في الصفحة:
mail-confirm-secondary-address-button = تأكيد عنواني
mail-confirm-secondary-address-otherwise = إذا لم يصدر ذلك عنك، فيمكنك تجاهل هذه الرسالة: لن يُستخدم العنوان قبل تأكيده.

## Somebody else wanted to use the address of an account

mail-address-in-use-subject = لعنوان بريدك الإلكتروني حساب بالفعل
mail-address-in-use-what = بتاريخ { $at }، طلب شخص ما تغيير عنوان البريد الإلكتروني لحسابه{ mail-at-operator } إلى عنوانك. لديك حساب بهذا العنوان بالفعل، ولذلك لم يتغيّر شيء.
mail-address-in-use-sign-in = إذا صدر ذلك عنك، يُرجى تسجيل الدخول إلى حسابك الحالي.
mail-address-in-use-sign-in-text = إذا صدر ذلك عنك، يُرجى تسجيل الدخول إلى حسابك الحالي:
mail-address-in-use-otherwise = إذا لم يصدر ذلك عنك، فيمكنك تجاهل هذه الرسالة: لم يعرف أحد شيئًا عن حسابك.

## Invitation

mail-invitation-subject = دعوة إلى إنشاء حساب
mail-invitation-what = ندعوك إلى إنشاء حساب{ mail-at-operator } بعنوان البريد الإلكتروني هذا.
mail-invitation-open = لقبول الدعوة، يُرجى فتح الرابط خلال { $expires_in } واختيار كلمة مرور.
mail-invitation-open-text = لقبول الدعوة، يُرجى فتح هذا الرابط خلال { $expires_in } واختيار كلمة مرور:
mail-invitation-button = اختيار كلمة مرور
mail-invitation-otherwise = إذا لم تكن لديك رغبة في إنشاء حساب، فيمكنك تجاهل هذه الرسالة: لن يُنشأ أي حساب قبل قبول الدعوة.

## Notices: what happened to the account

mail-notice-password-changed-subject = تم تغيير كلمة المرور
mail-notice-password-changed-what = بتاريخ { $at }، تم تغيير كلمة مرور حسابك{ mail-at-operator }.

mail-notice-password-reset-subject = تمت إعادة تعيين كلمة المرور
mail-notice-password-reset-what = بتاريخ { $at }، تمت إعادة تعيين كلمة مرور حسابك{ mail-at-operator } عبر رابط أرسلناه إليك بالبريد الإلكتروني. لم تعد كلمة المرور القديمة صالحة.
mail-notice-password-reset-you = إذا صدر ذلك عنك، فيمكنك تجاهل هذه الرسالة. وإذا سبق أن طُلب حذف حسابك، فسيُحذف رغم ذلك: للاحتفاظ به، يُرجى تسجيل الدخول واختيار «{ keep-account }».
mail-notice-password-reset-not-you = إذا لم يصدر ذلك عنك، فهناك من يستطيع قراءة بريدك الإلكتروني. يُرجى أولًا تغيير كلمة مرور بريدك الإلكتروني، ثم <a>إعادة تعيين كلمة مرور هذا الحساب</a>.
mail-notice-password-reset-not-you-text = إذا لم يصدر ذلك عنك، فهناك من يستطيع قراءة بريدك الإلكتروني. يُرجى أولًا تغيير كلمة مرور بريدك الإلكتروني، ثم إعادة تعيين كلمة مرور هذا الحساب من هنا:

mail-notice-address-changed-subject = تم تغيير عنوان بريدك الإلكتروني
mail-notice-address-changed-what = بتاريخ { $at }، تم تغيير عنوان البريد الإلكتروني لحسابك{ mail-at-operator }. أرسلنا هذه الرسالة إلى العنوانين القديم والجديد.
mail-notice-address-changed-support = إذا ظل تسجيل الدخول متعذرًا، يُرجى التواصل مع الدعم.

mail-notice-address-change-requested-subject = طلب تغيير عنوان بريدك الإلكتروني
mail-notice-address-change-requested-what = بتاريخ { $at }، طلب شخص ما (نأمل أنه أنت) تغيير عنوان البريد الإلكتروني لحسابك{ mail-at-operator }. لن يتغيّر شيء قبل تأكيد العنوان الجديد.
mail-notice-address-change-requested-not-you = إذا صدر ذلك عنك، يُرجى فتح الرابط المرسل إلى العنوان الجديد. وإلا، يُرجى <a>إعادة تعيين كلمة المرور</a> فورًا، فذلك يلغي التغيير أيضًا.
mail-notice-address-change-requested-not-you-text = إذا صدر ذلك عنك، يُرجى فتح الرابط المرسل إلى العنوان الجديد. وإلا، يُرجى إعادة تعيين كلمة المرور فورًا من هنا، فذلك يلغي التغيير أيضًا:

mail-notice-secondary-address-confirmed-subject = تم تأكيد عنوان بريد إلكتروني إضافي
mail-notice-secondary-address-confirmed-what = بتاريخ { $at }، تم تأكيد عنوان بريد إلكتروني إضافي لحسابك{ mail-at-operator }.
mail-notice-secondary-address-confirmed-remove = ثم يُرجى إزالة ذلك العنوان من حسابك.

mail-notice-identity-linked-subject = تمت إضافة طريقة لتسجيل الدخول
mail-notice-identity-linked-what = بتاريخ { $at }، تم ربط { $identity } بحسابك{ mail-at-operator }. يمكنك الآن تسجيل الدخول باستخدامه.
# Behind "If not, reset your password immediately."
mail-notice-identity-linked-remove = ثم يُرجى إلغاء ربطه بحسابك.

mail-notice-identity-unlinked-subject = تمت إزالة طريقة لتسجيل الدخول
mail-notice-identity-unlinked-what = بتاريخ { $at }، تم إلغاء ربط { $identity } بحسابك{ mail-at-operator }. لم يعد بالإمكان تسجيل الدخول باستخدامه.

mail-notice-sessions-ended-subject = تم تسجيل خروجك من كل مكان آخر
mail-notice-sessions-ended-what = بتاريخ { $at }، تم تسجيل الخروج من حسابك{ mail-at-operator } في كل مكان آخر، بطلب منك أو من أحد المشرفين.
mail-notice-sessions-ended-not-you = إذا كان ذلك منك أو بعلمك، فيمكنك تجاهل هذه الرسالة. وإلا، يُرجى <a>إعادة تعيين كلمة المرور</a> فورًا.
mail-notice-sessions-ended-not-you-text = إذا كان ذلك منك أو بعلمك، فيمكنك تجاهل هذه الرسالة. وإلا، يُرجى إعادة تعيين كلمة المرور فورًا من هنا:

mail-notice-deletion-requested-subject = سيُحذف حسابك
mail-notice-deletion-requested-what = بتاريخ { $at }، طلب شخص ما (نأمل أنه أنت) حذف حسابك{ mail-at-operator }. لم يعد بالإمكان استخدامه، وسيُحذف قريبًا.
mail-notice-deletion-requested-what-when = بتاريخ { $at }، طلب شخص ما (نأمل أنه أنت) حذف حسابك{ mail-at-operator }. لم يعد بالإمكان استخدامه، وسيُحذف بتاريخ { $deletion_due_at }.
mail-notice-deletion-requested-keep = للاحتفاظ بحسابك، يُرجى تسجيل الدخول قبل حذفه واختيار «{ keep-account }».
mail-notice-deletion-requested-keep-text = للاحتفاظ بحسابك، يُرجى تسجيل الدخول قبل حذفه واختيار «{ keep-account }»:
mail-notice-deletion-requested-keep-when = للاحتفاظ بحسابك، يُرجى تسجيل الدخول قبل ذلك الموعد واختيار «{ keep-account }».
mail-notice-deletion-requested-keep-when-text = للاحتفاظ بحسابك، يُرجى تسجيل الدخول قبل ذلك الموعد واختيار «{ keep-account }»:
mail-notice-deletion-requested-not-you = إذا لم يصدر ذلك عنك، يُرجى <a>إعادة تعيين كلمة المرور</a> فورًا، ثم اختيار «{ keep-account }».
mail-notice-deletion-requested-not-you-text = إذا لم يصدر ذلك عنك، يُرجى إعادة تعيين كلمة المرور فورًا من هنا، ثم اختيار «{ keep-account }»:

mail-notice-deletion-cancelled-subject = لن يُحذف حسابك
mail-notice-deletion-cancelled-what = بتاريخ { $at }، سجّل شخص ما (نأمل أنه أنت) الدخول إلى حسابك{ mail-at-operator } وألغى حذفه.

mail-notice-became-administrator-subject = أصبح حسابك حساب مشرف
mail-notice-became-administrator-what = بتاريخ { $at }، أصبح حسابك{ mail-at-operator } حساب مشرف، وبإمكانه الآن عرض الحسابات الأخرى وتعديلها.
mail-notice-became-administrator-not-you = إذا كان ذلك غير متوقع، يُرجى التواصل مع الدعم. وإذا كان أحد غيرك يعرف كلمة مرورك، يُرجى <a>إعادة تعيينها</a> فورًا.
mail-notice-became-administrator-not-you-text = إذا كان ذلك غير متوقع، يُرجى التواصل مع الدعم. وإذا كان أحد غيرك يعرف كلمة مرورك، يُرجى إعادة تعيينها فورًا من هنا:

mail-notice-account-disabled-subject = تم تعطيل حسابك
mail-notice-account-disabled-what = بتاريخ { $at }، تم تعطيل حسابك{ mail-at-operator }. لا يمكن لأحد تسجيل الدخول إلى أن يُعاد تفعيله.
mail-notice-account-disabled-support = إذا بدا لك أن هذا خطأ، يُرجى التواصل مع الدعم. لن تفيد كلمة مرور جديدة.

mail-notice-account-enabled-subject = أُعيد تفعيل حسابك
mail-notice-account-enabled-what = بتاريخ { $at }، أُعيد تفعيل حسابك{ mail-at-operator }.
mail-notice-account-enabled-what-text = بتاريخ { $at }، أُعيد تفعيل حسابك{ mail-at-operator }. يمكنك تسجيل الدخول من هنا:
mail-notice-account-enabled-forgot = هل نسيت كلمة المرور، أو هل يعرفها أحد غيرك؟ يمكنك <a>إعادة تعيينها</a>.
mail-notice-account-enabled-forgot-text = هل نسيت كلمة المرور، أو هل يعرفها أحد غيرك؟ يمكنك إعادة تعيينها من هنا:
