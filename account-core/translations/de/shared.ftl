## The language

language-name = Deutsch
language-direction = ltr

## Buttons and links

sign-in = Anmelden
keep-account = Konto behalten

## The operator's pages

terms-of-service = Nutzungsbedingungen
privacy-policy = Datenschutzerklärung
support = Support

## Spans of time

span-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
span-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
span-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}

# Dativ: „innerhalb von 7 Tagen“.
span-within-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
span-within-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
span-within-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tagen
}

## Lists

list-comma = { $first }, { $second }
list-and = { $first } und { $second }
