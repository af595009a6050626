# لوحة الإدارة: صفحات المشرفين.

console-title = لوحة الإدارة
console-open = فتح لوحة الإدارة
console-skip = الانتقال إلى المحتوى
console-pages = الصفحات
console-first = الصفحة الأولى
console-next = الصفحة التالية
console-search = بحث
console-any = الكل
console-optional = اختياري.
console-save = حفظ
console-create = إنشاء
console-delete = حذف
console-cancel = إلغاء
console-one-a-line = واحد في كل سطر.
console-refused = لم يتغير شيء:
console-as-table = عرض كجدول
console-actions = الإجراءات

## The parts of the console

console-dashboard = نظرة عامة
console-accounts = الحسابات
console-invitations = الدعوات
console-registrations = طلبات التسجيل
console-outbox = البريد الصادر
console-features = الميزات
console-organizations = المؤسسات
console-clients = التطبيقات
console-audit = سجل التدقيق

## Names of values

console-id = المعرّف
console-address = عنوان البريد الإلكتروني
console-name = الاسم
console-username = اسم المستخدم
console-role = الدور
console-state = الحالة
console-organization = المؤسسة
console-organization-id = معرّف المؤسسة
console-organization-role = الدور في المؤسسة
console-account = الحساب
console-account-id = معرّف الحساب
console-country = البلد
console-language = اللغة
console-time-zone = المنطقة الزمنية
console-created = تاريخ الإنشاء
console-verified = تاريخ التأكيد
console-disabled = تاريخ التعطيل
console-deletion-due = موعد الحذف
console-expires = تاريخ الانتهاء
console-channel = القناة
console-client = المتصفح أو التطبيق
console-signed-in = تسجيل الدخول
console-last-used = آخر استخدام
console-agreed = الموافقة على
console-client-address = عنوان IP
console-code = الرمز
console-time = الوقت
console-event = الحدث
console-actor = بواسطة
console-detail = التفاصيل
console-operator = سطر الأوامر
console-service = الخدمة
console-reason = السبب

## Roles and states

console-role-user = مستخدم
console-role-admin = مشرف
console-role-super-admin = مشرف أعلى
console-role-member = عضو
console-role-organization-administrator = مشرف المؤسسة
console-state-active = نشط
console-state-unverified = غير مؤكَّد
console-state-deleting = قيد الحذف
console-state-disabled = معطّل
console-state-pending = معلّق
console-state-expired = منتهي الصلاحية
console-state-completed = مكتمل
console-state-taken = العنوان لدى صاحبه
console-state-void = لم يعد صالحًا
console-state-accepted = مقبولة
console-state-revoked = مسحوبة
console-state-queued = في الانتظار
console-state-sent = مُرسل
console-state-dropped = أُلغي تسليمه
console-state-dead = تعذر تسليمه
console-state-bounced = مرتجع

## The password once more

console-password-title = تأكيد كلمة المرور
console-password-text = يتطلب هذا الإجراء إدخال كلمة المرور خلال الدقائق الخمس الأخيرة.
console-password-button = تأكيد ومتابعة

## What was done

console-done-disabled = تم تعطيل الحساب.
console-done-enabled = تم تفعيل الحساب من جديد.
console-done-sessions = تم إنهاء جلسات الحساب.
console-done-role = تم تغيير الدور.
console-done-deleted = تم الحذف.
console-done-mail = رسالة أخرى في الطريق إذا كان التسجيل لا يزال معلّقًا.
console-done-invited = الدعوة في الطريق.
console-done-revoked = تم سحب الدعوة.
console-done-redriven = أُعيد العنصر إلى قائمة الانتظار. سيُسلّم الآن إذا كان لا يزال صالحًا.
console-done-dropped = أُلغي تسليم العنصر.
console-done-saved = تم حفظ التغييرات.
console-done-member = تم حفظ العضوية.
console-done-member-removed = لم يعد الحساب عضوًا.

## Why something was not done

console-refused-closed = التسجيل مغلق، لذلك لا يمكن دعوة أحد.
console-refused-role = دورك لا يسمح بذلك. ولا يمكنك هنا تعطيل حسابك أو حذفه.
console-refused-unverified = عنوان الحساب غير مؤكَّد.
console-refused-changed = أجرى شخص آخر تغييرًا في هذه الأثناء. يعرض النموذج ما أدخلته إلى جانب المحفوظ الآن. يُرجى الحفظ مرة أخرى لاستبداله.
console-refused-registered = لهذا العنوان حساب بالفعل.
console-refused-invited = تمت دعوة هذا العنوان بالفعل.
console-refused-code = هذا الرمز لمؤسسة أخرى.
console-refused-client = هذا المعرّف لتطبيق آخر.
console-refused-not-empty = لا يزال للمؤسسة أعضاء أو تطبيقات.
console-refused-weak-password = قد تكون كلمة مرور الحساب أضعف من أن تكون لمشرف. يُرجى أولًا أن يُطلب من صاحب الحساب اختيار كلمة مرور جديدة.
console-refused-last-super-admin = يجب أن يبقى مشرف أعلى واحد على الأقل.
console-refused-entry = حالة العنصر لا تسمح بذلك.
console-refused-invitation = لم تعد الدعوة صالحة.
console-refused-account-id = يُرجى إدخال معرّف حساب. يظهر المعرّف في صفحة الحساب.
console-refused-feature = أحد النطاقات أو المعرّفات أو السبب غير صالح.
console-refused-feature-organization = لا توجد مؤسسة بأحد هذه المعرّفات.

## Accounts

console-accounts-search = العنوان أو الاسم أو اسم المستخدم
console-accounts-search-hint = يكفي جزء منه. معرّف الحساب يفتح الحساب.
console-accounts-none = لم يُعثر على حسابات.
console-sessions = الجلسات
console-sessions-none = لا توجد جلسات مفتوحة.
console-latest = آخر الأحداث
console-all-events = كل أحداث هذا الحساب
console-registrations-of = طلبات التسجيل بهذا العنوان
console-resend = إعادة إرسال الرسالة
console-resend-title = رسالة التأكيد
console-resend-text = يرسل رسالة أخرى فيها رابط لتأكيد العنوان، إذا كان التسجيل لا يزال معلّقًا.
console-end-sessions = إنهاء كل الجلسات
console-end-sessions-text = على كل من سجّل الدخول إلى الحساب أن يسجّل الدخول من جديد. ويصل إشعار إلى عنوان الحساب.
console-disable = تعطيل الحساب
console-disable-title = تعطيل هذا الحساب
console-disable-text = تنتهي جلساته، ولا يستطيع أحد تسجيل الدخول إلى أن يُفعّل من جديد. ويصل إشعار إلى عنوان الحساب، دون ذكر السبب.
console-enable = تفعيل الحساب
console-enable-title = تفعيل هذا الحساب
console-enable-text = يستطيع صاحب الحساب تسجيل الدخول من جديد. ويصل إشعار إلى عنوان الحساب.
console-reason-hint = اختياري. يُحفظ في سجل التدقيق، وهو من البيانات التي يستطيع صاحب الحساب تنزيلها.
console-set-role = تغيير الدور
console-set-role-title = تغيير الدور
console-set-role-text = تنتهي جلسات الحساب.
console-delete-account = حذف الحساب
console-delete-account-title = حذف هذا الحساب
console-delete-account-text = يُحذف الحساب فورًا مع كل بياناته. لا يمكن التراجع عن ذلك.

## Invitations

console-invitations-none = لا توجد دعوات.
console-invite = دعوة
console-invite-title = دعوة شخص
console-invite-text = نرسل رابطًا بالبريد الإلكتروني. يختار الشخص كلمة مرور عند القبول. لا يستطيع دعوة المشرفين إلا مشرف أعلى.
console-revoke = سحب

## Registrations

console-registrations-none = لا توجد طلبات تسجيل.
console-registrations-hint = العنوان كاملًا.

## Outbox

console-outbox-none = لا يوجد شيء هنا.
console-intent = الغرض
console-recipient = المستلم
console-attempts = المحاولات
console-due = الموعد أو الانتهاء
console-note = ملاحظة
console-redrive = تسليم من جديد
console-drop = إلغاء التسليم

## Feature flags

console-feature-value = هذه الميزة
console-on = مفعّلة
console-off = معطّلة
console-feature-changed = آخر تغيير: { $at }.
console-feature-by = بواسطة هذا المشرف
console-feature-registration = التسجيل
console-feature-registration-text = من يستطيع التسجيل. لا يؤثر ذلك في تسجيل الدخول.
console-feature-social = التسجيل عبر مزوّدين آخرين
console-feature-social-text = هل يمكن التسجيل بحساب لدى مزوّد آخر.
console-feature-password = التسجيل بكلمة مرور
console-feature-password-text = هل يمكن التسجيل بكلمة مرور.
console-feature-newsletter = النشرة البريدية
console-feature-newsletter-text = هل يُسأل الناس إن كانوا يريدون نشرات بريدية.
console-mode = من يستطيع التسجيل
console-mode-open = الجميع
console-mode-restricted = النطاقات والمؤسسات المذكورة فقط
console-mode-invitation = المدعوون فقط
console-mode-closed = لا أحد
console-domains = النطاقات
console-domains-hint = نطاق في كل سطر. تُستخدم إذا اقتصر التسجيل على النطاقات المذكورة.
console-organization-ids = معرّفات المؤسسات
console-organization-ids-hint = معرّف في كل سطر. تُستخدم إذا اقتصر التسجيل على المؤسسات المذكورة.
console-feature-reason-hint = اختياري. يراه من لا يستطيع التسجيل.
console-refuses-pending = رفض طلبات التسجيل والدعوات المعلّقة أيضًا

## Organizations and clients

console-organizations-none = لا توجد مؤسسات.
console-organization-create = إنشاء مؤسسة
console-organization-change = تعديل هذه المؤسسة
console-organization-delete = حذف هذه المؤسسة
console-organization-delete-text = لا يمكن حذف مؤسسة إلا إذا لم يكن لها أعضاء أو تطبيقات.
console-code-hint = اسم قصير للبرامج: حروف لاتينية وأرقام و . _ -
console-callback-origins = مصادر عناوين العودة
console-self-named = المشرفون عبر التسجيل
console-self-named-hint = عند التفعيل، تستطيع التطبيقات تسجيل أشخاص بصفة مشرفين على المؤسسة.
console-invite-here = دعوة شخص إلى هذه المؤسسة
console-members = الأعضاء
console-members-none = لا يوجد أعضاء.
console-member-set = إضافة عضو أو تغيير دور
console-member-text = يترك الحساب المؤسسة التي ينتمي إليها الآن.
console-member-remove = إزالة
console-clients-none = لا توجد تطبيقات.
console-client-create = تسجيل تطبيق
console-client-change = تعديل هذا التطبيق
console-client-delete = حذف هذا التطبيق
console-client-delete-text = تتوقف عناوين العودة والشبكات الخاصة به عن العمل فورًا.
console-client-id-hint = حروف لاتينية وأرقام و . _ - لا يمكن تغيير المعرّف لاحقًا.
console-redirect-uris = عناوين إعادة التوجيه
console-networks = الشبكات
console-networks-hint = شبكة في كل سطر، مثل 203.0.113.0/24. لا تسري عليها الحدود الخاصة بكل شبكة.

## Audit trail

console-audit-none = لا توجد أحداث.

## Dashboard

console-days = الفترة
console-day = اليوم (UTC)
console-funnel = طلبات التسجيل حسب اليوم
console-funnel-about = طلبات التسجيل والرسائل المرسلة وطلبات التسجيل المؤكَّدة وعمليات تسجيل الدخول في كل يوم.
console-series-registered = طلبات التسجيل
console-series-mailed = الرسائل المرسلة
console-series-confirmed = المؤكَّدة
console-series-signed-in = عمليات تسجيل الدخول
console-until-mailed = الوقت حتى إرسال الرسالة
console-until-mailed-about = الوقت من التسجيل حتى إرسال الرسالة الأولى، حسب يوم الإرسال. الوسيط والمئين 95 لما لا يزيد على 1000 رسالة في اليوم.
console-until-confirmed = الوقت حتى تأكيد العنوان
console-until-confirmed-about = الوقت من التسجيل حتى تأكيد العنوان، حسب يوم التأكيد. الوسيط والمئين 95 لما لا يزيد على 1000 شخص في اليوم.
console-series-median = الوسيط
console-series-p95 = المئين 95
console-queues = البريد الصادر الآن
console-queues-about = العناصر المنتظرة والعناصر التي تعذر تسليمها في كل قائمة انتظار.
console-queue = قائمة الانتظار
console-oldest = أقدم عنصر منتظر
console-series-queued = في الانتظار
console-series-dead = تعذر تسليمها
console-dead-letters = عرض ما تعذر تسليمه
console-instance-title = هذا الخادم
console-instance = أحصاها الخادم الذي أجاب، منذ { $since }. وللخوادم الأخرى أرقامها.
console-limits = حالات الرفض حسب الحد
console-limits-about = الطلبات التي رفضها كل حد.
console-limit = الحد
console-series-refused = المرفوضة
console-hashing = تجزئة كلمات المرور
console-hashing-about = عمليات التجزئة المنجزة والمرفوضة، حسب غرضها.
console-class = لأجل
console-series-computed = المنجزة
console-mean-wait = متوسط الانتظار
console-p95-wait = الانتظار، المئين 95

## Short times

console-milliseconds = { $count } مللي ثانية
console-seconds = { $count ->
    [one] ثانية واحدة
    [two] ثانيتان
    [few] { $count } ثوانٍ
   *[other] { $count } ثانية
}
console-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}
console-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
