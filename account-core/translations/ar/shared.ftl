## The language

language-name = العربية
language-direction = rtl

## Buttons and links

sign-in = تسجيل الدخول
keep-account = الاحتفاظ بحسابي

## The operator's pages

terms-of-service = شروط الخدمة
privacy-policy = سياسة الخصوصية
support = الدعم

## Spans of time

span-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}
span-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
span-days = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}

# مجرور: «خلال يومين».
span-within-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}
span-within-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
span-within-days = { $count ->
    [one] يوم واحد
    [two] يومين
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}

## Lists

list-comma = { $first } و{ $second }
list-and = { $first } و{ $second }
