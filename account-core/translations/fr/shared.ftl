## The language

language-name = Français
language-direction = ltr

## Buttons and links

sign-in = Se connecter
keep-account = Conserver mon compte

## The operator's pages

terms-of-service = Conditions d’utilisation
privacy-policy = Politique de confidentialité
support = Assistance

## Spans of time

span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
span-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}

span-within-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-within-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
span-within-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}

## Lists

list-comma = { $first }, { $second }
list-and = { $first } et { $second }
