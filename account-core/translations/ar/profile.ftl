profile-title = حسابك
profile-on-this-page = في هذه الصفحة
profile-verified-on = تم التأكيد بتاريخ { $at }
profile-unverified = هذا العنوان غير مؤكَّد. يُرجى تأكيده قبل تغيير أي شيء هنا. <a>إعادة إرسال الرسالة</a>.
profile-go = الانتقال إلى ذلك القسم

## Its parts

profile-account-title = الحساب
profile-security-title = الأمان
profile-privacy-title = الخصوصية

## What was done

profile-done-details = تم حفظ بياناتك.
profile-done-password = تم تغيير كلمة المرور. تم تسجيل خروجك من كل مكان آخر.
profile-done-email = أرسلنا رسالة إلى العنوان الجديد. يُرجى فتح الرابط في هذا المتصفح مع بقاء الدخول مسجَّلًا. يبقى عنوانك كما هو حتى ذلك الحين.
profile-done-session = تم إنهاء تلك الجلسة.
profile-done-sessions = تم تسجيل خروجك من كل مكان آخر.
profile-done-recovery = لن يُحذف حسابك.

## Details

profile-details-title = البيانات
profile-details-text = جميع الحقول اختيارية. لحذف قيمة، يُرجى إفراغ حقلها.
profile-details-save = حفظ البيانات
profile-details-refused = لم تُحفظ بياناتك. يُرجى تصحيح الأخطاء أدناه.
profile-details-outdated = تغيّرت بياناتك في نافذة أخرى، ولذلك لم تُحفظ تغييراتك. يعرض النموذج ما أدخلته إلى جانب المحفوظ الآن. يُرجى الحفظ مرة أخرى لاستبداله.
profile-details-sign-in-again = لم تُحفظ بياناتك. لتغيير عنوان بريد إلكتروني يجب أن يكون تسجيل الدخول قد تم خلال آخر خمس دقائق. يُرجى تسجيل الدخول من جديد ثم الحفظ.
profile-now-empty = فارغ الآن.
profile-now = الآن: { $value }
profile-address-verified = مؤكَّد.
profile-address-unverified = غير مؤكَّد بعد: يُرجى فتح الرابط في الرسالة التي أرسلناها إليه.
profile-newsletter = أرغب في تلقي النشرات الإخبارية

profile-group-name = الاسم
profile-group-place = المكان واللغة
profile-group-contact = التواصل
profile-group-work = العمل
profile-group-about = نبذة عنك

profile-name = الاسم الكامل
profile-given-name = الاسم الأول
profile-family-name = اسم العائلة
profile-username = اسم المستخدم
profile-username-hint = يظهر للآخرين. يمكنك تسجيل الدخول به بدلًا من عنوان بريدك الإلكتروني.
profile-country = البلد
profile-language = اللغة
profile-time-zone = المنطقة الزمنية
profile-phone = رقم الهاتف
profile-phone-hint = مع رمز البلد، مثل ‎+49 30 901820.
profile-postal-address = العنوان البريدي
profile-notification-address = عنوان بريد إلكتروني إضافي للإشعارات
profile-notification-address-hint = نرسل إشعارات حسابك إلى هذا العنوان أيضًا.
profile-alternate-address = عنوان بريد إلكتروني بديل
profile-alternate-address-hint = وسيلة أخرى للتواصل معك. لا يمكن استخدامه لإعادة تعيين كلمة المرور.
profile-company = الشركة
profile-industry = المجال
profile-date-of-birth = تاريخ الميلاد
profile-bio = نبذة
profile-avatar = معرّف الصورة
profile-avatar-hint = التطبيق المستخدَم يحفظ الصورة نفسها.

## Password

profile-password-title = كلمة المرور
profile-password-text = كلمة المرور الجديدة تسجّل خروجك من كل مكان آخر.
profile-password-change = تغيير كلمة المرور
profile-password-refused = لم تتغيّر كلمة المرور. يُرجى تصحيح الأخطاء أدناه.

## Email address

profile-email-title = عنوان البريد الإلكتروني
profile-email-text = عنوانك هو <strong>{ $address }</strong>. لتغييره، يُرجى إدخال عنوان جديد وفتح الرابط الذي سنرسله إليه.
profile-email-new = عنوان البريد الإلكتروني الجديد
profile-email-send = إرسال رسالة التأكيد
profile-email-refused = لم يتغيّر عنوانك. يُرجى تصحيح الأخطاء أدناه.

## Sessions

profile-sessions-title = الجلسات
profile-session-current = هذا المتصفح
profile-session-unknown-client = برنامج غير معروف
profile-session-client = { $browser } على { $system }
profile-session-times = تسجيل الدخول: { $created }، آخر استخدام: { $used }.
profile-session-times-from = من { $address }. تسجيل الدخول: { $created }، آخر استخدام: { $used }.
profile-session-end = إنهاء الجلسة
profile-session-end-label = إنهاء الجلسة: { $client }، تسجيل الدخول: { $created }
profile-sessions-end-others = إنهاء جميع الجلسات الأخرى
profile-sign-out = تسجيل الخروج

## Privacy

profile-consents-title = ما تمت الموافقة عليه
profile-consent-terms = { terms-of-service }، الإصدار { $version }، بتاريخ { $at }
profile-consent-privacy = { privacy-policy }، الإصدار { $version }، بتاريخ { $at }
profile-export-title = بياناتك
profile-export-text = يمكنك تنزيل كل ما نحتفظ به عنك في ملف JSON: حسابك وجلساته وما حدث له.
profile-export-button = تنزيل بياناتي
profile-export-refused = لم تُنزَّل بياناتك. يُرجى تصحيح الخطأ أدناه.

## Deletion

profile-deletion-title = حذف حسابك
profile-deletion-text = يُسجَّل خروجك من كل مكان فورًا. بعد بضعة أيام يُحذف كل ما نحتفظ به عنك. حتى ذلك الحين يمكنك تسجيل الدخول وإلغاء الحذف.
profile-deletion-confirm = حذف حسابي وكل ما فيه
profile-deletion-unconfirmed = يُرجى تحديد هذا المربع لحذف حسابك.
profile-deletion-button = حذف حسابي
profile-deletion-refused = لم يُحذف حسابك. يُرجى تصحيح الأخطاء أدناه.
profile-deletion-last-super-admin = حسابك هو آخر مشرف عام. يُرجى جعل حساب آخر مشرفًا عامًا قبل حذف هذا الحساب.

## Linked accounts

profile-identities-title = الحسابات المرتبطة
profile-identities-text = يمكنك تسجيل الدخول بهذه الحسابات.
profile-identities-none = لا يوجد حساب مرتبط.
profile-identity-times = تاريخ الربط: { $linked }. آخر استخدام: { $used }.
profile-identity-unlink = إلغاء الربط
profile-identity-unlink-label = إلغاء ربط { $provider }: { $account }
profile-identity-link = ربط { $provider }
profile-identity-confirm = التأكيد باستخدام { $provider } بدلًا من كلمة المرور
profile-identities-refused = لم يتغيّر شيء. يُرجى تصحيح الخطأ أدناه.
profile-done-linked = تم ربط الحساب. يمكنك تسجيل الدخول به.
profile-done-unlinked = لم يعد الحساب مرتبطًا.
profile-done-confirmed = لقد أكّدت هويتك.

## Regions of time zones

zone-region-africa = أفريقيا
zone-region-america = الأمريكتان
zone-region-antarctica = القارة القطبية الجنوبية
zone-region-arctic = القطب الشمالي
zone-region-asia = آسيا
zone-region-atlantic = المحيط الأطلسي
zone-region-australia = أستراليا
zone-region-europe = أوروبا
zone-region-indian = المحيط الهندي
zone-region-pacific = المحيط الهادئ
zone-region-other = أخرى
