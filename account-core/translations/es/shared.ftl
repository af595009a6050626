## The language

language-name = Español
language-direction = ltr

## Buttons and links

sign-in = Iniciar sesión
keep-account = Conservar mi cuenta

## The operator's pages

terms-of-service = Condiciones de uso
privacy-policy = Política de privacidad
support = Asistencia

## Spans of time

span-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
span-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
span-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}

span-within-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
span-within-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
span-within-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}

## Lists

list-comma = { $first }, { $second }
list-and = { $first } y { $second }
