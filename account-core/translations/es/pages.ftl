## On every page

page-language = Idioma

## Buttons and links that stand on several pages

link-sign-in-back = Volver al inicio de sesión
link-register = Registrarse
link-forgot = ¿Ha olvidado la contraseña?
link-continue = Continuar
link-account = Ir a su cuenta
link-another-email = Solicitar otro correo
link-new-tab = (se abre en una pestaña nueva)
button-verify = Confirmar
button-resend = Volver a enviar el correo
email-not-sent = No se ha enviado ningún correo. Corrija el error siguiente.
offer-register = ¿Aún no tiene cuenta? <a>Regístrese</a>.
offer-sign-in = ¿Ya tiene una cuenta? <a>Inicie sesión</a>.
signed-in-as = Ha iniciado sesión como <strong>{ $address }</strong>.

## Fields

label-email = Dirección de correo electrónico
label-password = Contraseña
label-new-password = Contraseña nueva
label-current-password = Contraseña actual
label-name = Nombre
label-optional = (opcional)
label-code = Código
choice-none = Sin especificar
incorrect-password = Contraseña incorrecta.
enter-password = Introduzca su contraseña.

## The password field

password-rules-link = Reglas de las contraseñas
password-show = Mostrar
password-hide = Ocultar
password-caps-lock = El bloqueo de mayúsculas está activado.
password-strength-weak = Fácil de adivinar. Añada más palabras.
password-strength-fair = Podría ser más segura. Añada una palabra.
password-strength-good = Difícil de adivinar.
password-rule-met = cumplida
password-hint-min = Al menos { $min } caracteres.
password-hint-between = Entre { $min } y { $max } caracteres.
password-hint-with-min = Al menos { $min } caracteres, entre ellos { $list }.
password-hint-with-between = Entre { $min } y { $max } caracteres, entre ellos { $list }.
password-hint-words = Varias palabras sin relación entre sí forman una contraseña segura.
password-hint-no-spaces = Sin espacios.
password-part-uppercase = una mayúscula
password-part-lowercase = una minúscula
password-part-digit = un número
password-part-digit-or-special = un número o un carácter especial
password-part-special = uno de { $set }
password-rule-min = Al menos { $min } caracteres
password-rule-max = Como máximo { $max } caracteres
password-rule-uppercase = Una mayúscula
password-rule-lowercase = Una minúscula
password-rule-digit = Un número
password-rule-digit-or-special = Un número o un carácter especial
password-rule-special = Un carácter especial: { $set }
password-rule-no-spaces = Sin espacios
password-rule-common = Ni una contraseña habitual ni una que haya aparecido en una filtración de datos
password-rule-guessable = Difícil de adivinar: ni repeticiones, ni teclas seguidas, ni una sola palabra con unos pocos caracteres más
password-rule-personal = No contiene su dirección, su nombre ni el nombre de este servicio
password-policy-title = Reglas de las contraseñas
password-policy-intro = Una contraseña nueva debe cumplir estas reglas:
password-policy-advice = Se permite cualquier carácter, también los espacios. Puede pegar una contraseña o dejar que un gestor de contraseñas genere una.
password-policy-advice-no-spaces = Se permite cualquier carácter excepto los espacios. Puede pegar una contraseña o dejar que un gestor de contraseñas genere una.
password-policy-phrase = Varias palabras sin relación entre sí son fáciles de recordar y difíciles de adivinar. La longitud cuenta más que los caracteres especiales.
password-policy-administrators = Es posible que los administradores deban cumplir reglas más estrictas.

## Registering

register-title = Registrarse
register-refused = No se ha creado su cuenta. Corrija los errores siguientes.
register-next = Le enviaremos un enlace para confirmar su dirección. En cuanto lo haga, su cuenta estará lista.
register-choose = Elija
register-organization = Código de la organización
register-consent = Acepto las <a>condiciones de uso</a> y la <a>política de privacidad</a>.
register-consent-terms = Acepto las <a>condiciones de uso</a>.
register-consent-privacy = Acepto la <a>política de privacidad</a>.
register-did-you-mean = ¿Quería decir <strong>{ $suggestion }</strong>? Si la dirección <strong>{ $address }</strong> es correcta, envíe el formulario de nuevo.

## Waiting for the email

waiting-title = Revise su correo
waiting-title-undelivered = No hemos podido entregar el correo
waiting-title-expired = Su enlace ha caducado
waiting-sent = Hemos enviado un correo a <strong>{ $address }</strong>. Introduzca el código de 8 caracteres o abra el enlace.
waiting-sent-link = Hemos enviado un correo a <strong>{ $address }</strong>. Abra el enlace que contiene.
waiting-undelivered = Se ha registrado con <strong>{ $address }</strong>.
waiting-expired = La dirección <strong>{ $address }</strong> no se confirmó a tiempo. Solicite otro correo para continuar.
waiting-sign-in = Confirme su dirección de correo electrónico antes de iniciar sesión.
waiting-sign-in-undelivered = Todavía no puede iniciar sesión: esta dirección no está confirmada.
waiting-sending = Estamos enviando otro correo. Solo vale el más reciente.
waiting-code-wrong = Código incorrecto. Introduzca el código de 8 caracteres del correo más reciente. Tras 5 códigos incorrectos, solo funciona el enlace.
waiting-code-refused = La dirección no se ha confirmado. Corrija el error siguiente.
waiting-code-exhausted = Demasiados códigos incorrectos. Abra en su lugar el enlace del correo.
waiting-no-email = ¿No le ha llegado el correo?
waiting-no-email-text = Si no llega en unos minutos, vuelva a enviarlo.
waiting-wrong-address-title = ¿Dirección equivocada?
waiting-wrong-address = <a>Regístrese con otra</a>.
waiting-correct-label = Dirección de correo correcta
waiting-correct = Cambiar dirección
waiting-correct-refused = No se ha cambiado la dirección. Corrija el error siguiente.
waiting-mail-queued = El correo está en camino.
waiting-mail-handed-over = Puede tardar unos minutos en llegar. Si no lo encuentra, revise la carpeta de correo no deseado.
waiting-mail-deferred = El correo aún no se ha podido entregar. Seguiremos intentándolo.
waiting-mail-failed = Envíelo de nuevo o corrija la dirección más abajo.
waiting-mail-bounced = Compruebe la dirección. Si no es correcta, corríjala más abajo.
waiting-requested = Solicitado hace { $span }.
waiting-unknown = Si se ha registrado, le hemos enviado un correo. Abra el enlace que contiene.
waiting-unknown-sending = Si hay un registro pendiente para esa dirección, estamos enviando otro correo.
waiting-unknown-no-email = Revise la carpeta de correo no deseado o vuelva a enviarlo.

## Verifying an address

verify-title = Confirme su dirección de correo electrónico
verify-enough = Confirme la dirección <strong>{ $address }</strong> para activar su cuenta.
verify-wrong-password = Contraseña incorrecta para <strong>{ $address }</strong>. Inténtelo de nuevo o <a>elija una contraseña nueva</a>.
verify-new-password-refused = La dirección no se ha confirmado porque no se ha aceptado la contraseña nueva:
verify-proof-missing = La dirección se registró en otro navegador. Introduzca una contraseña para confirmarla.
verify-password = Introduzca la contraseña que eligió al registrar <strong>{ $address }</strong>.
verify-forgot-title = ¿Ha olvidado la contraseña?
verify-forgot = Si ha olvidado la contraseña o si otra persona registró esta dirección, elija una nueva.
verify-choose = Elija una contraseña para <strong>{ $address }</strong>.
verify-drops = Se eliminará todo lo demás que se introdujo al registrarse, como el nombre.
verify-with-new-password = Confirmar con una contraseña nueva
verified-title = Dirección de correo confirmada
verified-signed-in = La dirección <strong>{ $address }</strong> está confirmada y su cuenta está lista. Ha iniciado sesión.
verified-sign-in = La dirección <strong>{ $address }</strong> está confirmada y su cuenta está lista. Inicie sesión con esta dirección y su contraseña.
verified-username-taken = El nombre de usuario que eligió ya está ocupado. Elija otro en su cuenta.
completed-title = Su cuenta está lista
completed-text = La dirección <strong>{ $address }</strong> está confirmada.

## Verifying another address of an account

confirm-address-text = Ha iniciado sesión como <strong>{ $address }</strong>. Confirme la dirección que recibió nuestro correo para usarla con esta cuenta.
confirm-address-elsewhere = No ha iniciado sesión en este navegador. Si introdujo la dirección nueva en otro navegador, abra el enlace allí.
confirm-address-sign-in = Iniciar sesión para confirmar
confirm-address-not-you = Si no lo ha solicitado usted, cierre esta página.
address-confirmed-primary = La dirección de correo de su cuenta es ahora <strong>{ $address }</strong>. Úsela para iniciar sesión. Se ha cerrado su sesión en todos los demás lugares.
address-confirmed-secondary = Ahora forma parte de su cuenta.

## Signing in

sign-in-identifier = Correo electrónico o nombre de usuario
sign-in-wrong = El correo, el nombre de usuario o la contraseña son incorrectos. Inténtelo de nuevo o restablezca su contraseña.
sign-in-refused = Corrija los errores siguientes para iniciar sesión.
sign-in-identifier-required = Introduzca su dirección de correo electrónico o su nombre de usuario.
sign-in-signed-out = Ha cerrado la sesión.
sign-in-ended = Su sesión ha caducado y no se ha cambiado nada. Inicie sesión de nuevo para continuar.
sign-in-already = En este navegador ha iniciado sesión como <strong>{ $address }</strong>. <a>Ir a esa cuenta</a>.

## A forgotten password

forgot-title = ¿Ha olvidado la contraseña?
forgot-text = Introduzca la dirección de correo de su cuenta. Le enviaremos un enlace para restablecer su contraseña.
forgot-send = Enviar enlace
forgot-sent-title = Revise su correo
forgot-sent-text = Si hay una cuenta con esa dirección, hemos enviado a ella un enlace para restablecer la contraseña.
forgot-sent-patience = El correo puede tardar unos minutos en llegar. Si no llega, revise la carpeta de correo no deseado y compruebe que ha introducido la dirección de su cuenta.
reset-title = Elija una contraseña nueva
reset-refused = No se ha cambiado la contraseña:
reset-text = Para la cuenta de <strong>{ $address }</strong>. Se cerrará su sesión en todos los demás lugares.
reset-save = Guardar contraseña
password-set-title = Contraseña cambiada
password-set-text = Ha iniciado sesión como <strong>{ $address }</strong>. Se ha cerrado su sesión en todos los demás lugares.

## An invitation

invitation-title = Acepte su invitación
invitation-refused = No se ha creado su cuenta. Corrija los errores siguientes.
invitation-text = Le invitamos a crear una cuenta con la dirección <strong>{ $address }</strong>. Elija una contraseña para aceptar.
invitation-accept = Aceptar invitación
accepted-title = Su cuenta está lista

## An account that will be deleted

deletion-begun-title = Su cuenta se eliminará
deletion-begun-text = La cuenta de <strong>{ $address }</strong> se eliminará el { $due }. Se ha cerrado su sesión en todas partes.
deletion-begun-keep = Para conservar su cuenta, inicie sesión antes de esa fecha y cancele la eliminación.
deletion-due = Su cuenta se eliminará el { $due }. Hasta entonces puede cancelar la eliminación.

## Waiting because of bots

challenge-full = <strong>Inténtelo de nuevo en { $time }.</strong> En este momento hay demasiadas personas esperando.
challenge-wait = <strong>Espere { $time } y envíe después el formulario.</strong> La espera mantiene alejados a los bots.
challenge-script = <strong>Envíe el formulario de nuevo.</strong> Comprobamos que usted no es un bot.
challenge-password = Introduzca su contraseña de nuevo: no la hemos guardado.
challenge-turn-on-script = Si activa JavaScript para este sitio, no tendrá que esperar.
challenge-checking = Comprobamos que usted no es un bot…
wait-seconds = { $count ->
    [one] 1 segundo
   *[other] { $count } segundos
}
wait-minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minutos
}
wait-hours = { $count ->
    [one] 1 hora
   *[other] { $count } horas
}

## Links that no longer work

dead-link-invalid-title = Enlace no válido
dead-link-expired-title = Su enlace ha caducado
dead-link-newer-title = Le hemos enviado un correo más reciente
dead-link-stale-title = Este enlace ya no funciona
dead-link-verified-title = La dirección de correo ya está confirmada
dead-link-account-title = Ya tiene una cuenta
dead-link-used-title = Enlace ya utilizado
dead-link-invitation-expired-title = Su invitación ha caducado
dead-link-invitation-used-title = Invitación ya aceptada
dead-link-verification-invalid = Abra el enlace completo del correo. Si no funciona, solicite otro correo a continuación.
dead-link-reset-invalid = Abra el enlace completo del correo. Si no funciona, solicite otro correo.
dead-link-address-invalid = Abra el enlace completo del correo. Si no funciona, introduzca de nuevo la dirección en su cuenta.
dead-link-invitation-invalid = Abra el enlace completo del correo. Si no funciona, pida otra invitación.
dead-link-verification-expired = Solicite otro correo a continuación.
dead-link-verification-used = Puede iniciar sesión.
dead-link-verification-newer = Abra el enlace del correo más reciente. Si no lo encuentra, solicite otro a continuación.
dead-link-account = Inicie sesión. Si no conoce la contraseña, puede restablecerla.
dead-link-reset-expired = Solicite otro correo.
dead-link-reset-used = Se usó para cambiar la contraseña. Si no fue usted, solicite otro correo y elija una nueva.
dead-link-reset-newer = Abra el enlace del correo más reciente o solicite otro.
dead-link-reset-stale = La contraseña o la dirección han cambiado desde que se envió el correo. Solicite otro si lo necesita.
dead-link-address-expired = Introduzca de nuevo la dirección en su cuenta para recibir otro enlace.
dead-link-address-used = Este enlace ya se utilizó.
dead-link-address-newer = Abra el enlace del correo más reciente o introduzca de nuevo la dirección en su cuenta para recibir otro.
dead-link-address-stale = Otra cuenta tiene esta dirección, o la suya ha cambiado desde que se envió el correo. No se ha cambiado nada.
dead-link-invitation-expired = Pida otra.
dead-link-invitation-used = Tiene una cuenta y puede iniciar sesión.
dead-link-invitation-newer = Abra el enlace del correo más reciente o pida otra invitación.

## Errors

error-form-expired-title = Formulario caducado
error-form-expired = Su formulario ha caducado. Envíelo de nuevo. Si ocurre siempre, permita las cookies para este sitio.
error-not-found-title = Página no encontrada
error-not-found = Compruebe la dirección de la página.
error-method-title = Esta página no se puede abrir directamente
error-method = Vuelva atrás y envíe el formulario.
error-timeout-title = Tiempo de espera agotado
error-timeout = El formulario ha tardado demasiado en llegar. Envíelo de nuevo.
error-too-large-title = Formulario demasiado grande
error-too-large = El formulario supera los 64 KiB. No se ha cambiado nada.
error-invalid-form-title = Formulario no válido
error-invalid-form = Abra de nuevo la página y rellene otra vez el formulario.
error-challenge-title = Inténtelo más tarde
error-challenge = En este momento hay una cantidad inusual de solicitudes.
error-limited-title = Espere, por favor
error-limited = Demasiados intentos.
error-unavailable-title = Servicio no disponible
error-unavailable = El servicio está saturado. No se ha cambiado nada.
error-internal-title = Algo ha fallado
error-internal = No es culpa suya. Si vuelve a ocurrir, póngase en contacto con el servicio de asistencia e indique el identificador de la solicitud.
error-internal-id = Identificador de la solicitud: { $id }.
error-code-exhausted-title = Demasiados códigos incorrectos
error-code-exhausted = Abra en su lugar el enlace del correo.
error-link = Abra el enlace completo del correo.
error-closed-title = El registro está cerrado
error-closed = En este momento no se aceptan nuevos registros.
error-signed-out-title = No ha iniciado sesión
error-signed-out = Inicie sesión e inténtelo de nuevo.
error-unverified-title = Su dirección de correo no está confirmada
error-unverified = Abra primero el enlace del correo que le hemos enviado.
error-deletion-title = Su cuenta se eliminará
error-deletion = Cancele primero la eliminación en la página de su cuenta.
error-elsewhere-title = Solicitó este cambio en otro lugar
error-elsewhere = Abra el enlace en el navegador en el que solicitó el cambio, con la sesión iniciada.
error-last-super-admin-title = Usted es el último superadministrador
error-last-super-admin = Nombre superadministrador a otra cuenta antes de eliminar esta.
error-forbidden-title = No permitido
error-forbidden = Su cuenta no puede hacer esto. No se ha cambiado nada.
error-other-title = Algo no ha funcionado
error-other = Abra de nuevo la página y rellene otra vez el formulario.
error-try-again = Inténtelo de nuevo en { $time }.

## What is wrong with a field

violation-email-required = Introduzca su dirección de correo electrónico.
violation-email-malformed = Introduzca una dirección de correo válida, por ejemplo name@example.com.
violation-email-domain-denied = No se aceptan direcciones de este dominio. Use otra.
violation-email-disposable = No se aceptan direcciones de correo desechables. Use una permanente.
violation-email-misspelled = Compruebe esta dirección: puede haber un error en la parte que sigue a la @.
violation-email-without-mail = El dominio de esta dirección no recibe correo. Compruebe la dirección.
violation-consent-required = Para registrarse, tiene que aceptar.
violation-password-required = Elija una contraseña.
violation-password-too-short = La contraseña debe tener al menos { $min } caracteres.
violation-password-too-long = La contraseña debe tener como máximo { $max } caracteres.
violation-password-uppercase = La contraseña debe contener una mayúscula.
violation-password-lowercase = La contraseña debe contener una minúscula.
violation-password-digit = La contraseña debe contener un número.
violation-password-digit-or-special = La contraseña debe contener un número o un carácter especial.
violation-password-special = La contraseña debe contener un carácter especial.
violation-password-space = La contraseña no debe contener espacios.
violation-password-blank = La contraseña no puede constar solo de espacios.
violation-password-common = Esta contraseña es demasiado habitual o ha aparecido en una filtración de datos. Elija otra.
violation-password-repetitive = La contraseña no debe ser una repetición ni teclas seguidas.
violation-password-guessable = La contraseña es demasiado fácil de adivinar: use más palabras o palabras sin relación entre sí.
violation-password-personal = La contraseña no debe contener su dirección, su nombre ni el nombre de este servicio.
violation-password-used-before = La contraseña no debe ser una de sus contraseñas recientes.
violation-country = Elija un país de la lista.
violation-language = Elija un idioma de la lista.
violation-time-zone = Elija una zona horaria de la lista.
violation-required = { $field }: este campo es obligatorio.
violation-too-short = { $field }: al menos { $min } caracteres.
violation-too-long = { $field }: como máximo { $max } caracteres.
violation-malformed = { $field }: el valor no es válido.
violation-forbidden-character = { $field }: no se permiten caracteres de control ni invisibles.
violation-unknown = { $field }: valor desconocido.
violation-blank = { $field }: no puede constar solo de espacios.
violation-taken = { $field }: ya está ocupado.
violation-out-of-range = { $field }: el valor está fuera de los límites.
violation-cannot-be-cleared = { $field }: no se puede vaciar.
violation-not-accepted = { $field }: el valor no se acepta.

field-email = Dirección de correo electrónico
field-password = Contraseña
field-name = Nombre
field-given-name = Nombre de pila
field-family-name = Apellidos
field-username = Nombre de usuario
field-country = País
field-language = Idioma
field-time-zone = Zona horaria
field-phone = Número de teléfono
field-postal-address = Dirección postal
field-company = Empresa
field-industry = Sector
field-date-of-birth = Fecha de nacimiento
field-bio = Sobre mí
field-avatar = Identificador de la imagen
field-notification-address = Dirección de correo adicional
field-alternate-address = Dirección de correo alternativa
field-organization = Organización
field-other = Valor

## Registering and signing in with another provider's account

provider-continue = Continuar con { $provider }
provider-or = o
provider-last-used = Usado la última vez
provider-leaving-title = Continuar con { $provider }
provider-leaving = Le estamos enviando a { $provider }.
provider-return-title = De vuelta de { $provider }
provider-return = Un momento, estamos terminando.
error-provider-unknown-title = No disponible
error-provider-unknown = Esta forma de iniciar sesión no se ofrece. Elija otra.
error-provider-flow-title = Empiece de nuevo
error-provider-flow = Ha tardado demasiado, ya ha terminado o empezó en otro navegador. Empiece de nuevo aquí.
error-provider-denied-title = No ha iniciado sesión allí
error-provider-denied = Inténtelo de nuevo o elija otra forma.
error-provider-away-title = No hay respuesta
error-provider-away = No se ha cambiado nada. Inténtelo de nuevo en unos minutos o elija otra forma.
error-provider-invalid-title = No ha funcionado
error-provider-invalid = La respuesta recibida no se puede usar. No se ha cambiado nada. Elija otra forma.
error-provider-address-title = Sin dirección de correo
error-provider-address = No hemos recibido ninguna dirección de correo. Regístrese con su dirección y una contraseña.
error-identity-taken-title = Vinculada a otra cuenta
error-identity-taken = Esta cuenta está vinculada a otra cuenta de aquí. Inicie sesión en ella y desvincúlela primero.
error-identity-other-title = No es la misma cuenta
error-identity-other = Esta no es la cuenta que se necesita aquí. Inténtelo de nuevo con la correcta.
error-identity-many-title = Demasiadas cuentas vinculadas
error-identity-many = Desvincule una primero.
error-identity-last-title = Última forma de iniciar sesión
error-identity-last = Establezca una contraseña o vincule otra cuenta primero.
error-disabled-title = Cuenta desactivada
error-disabled = No puede iniciar sesión en esta cuenta. Póngase en contacto con el soporte.
