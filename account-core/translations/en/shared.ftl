# What pages and emails have in common.
#
# A line that starts with `#` is a note for translators. `{ $name }` stands for a value: keep it. `<strong>..</strong>` and
# `<a>..</a>` are the only tags: keep them. A message may refer to another one, as in `{ keep-account }`.

## The language

# Its name in the language itself: people choose it from a list.
language-name = English
# `ltr` if it is written from left to right, `rtl` if from right to left.
language-direction = ltr

## Buttons and links

sign-in = Sign in
keep-account = Keep my account

## The operator's pages

# The links at the end of pages and emails, if the operator has such pages.
terms-of-service = Terms of service
privacy-policy = Privacy policy
support = Support

## Spans of time

# On its own: "24 hours".
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

# Behind "within": "within 24 hours". Some languages need another form here.
span-within-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-within-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
span-within-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

## Lists

# "a, b": all but the last two.
list-comma = { $first }, { $second }
# "a, b and c": the last two.
list-and = { $first } and { $second }
