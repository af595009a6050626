profile-title = Su cuenta
profile-on-this-page = En esta página
profile-verified-on = Confirmada el { $at }
profile-unverified = Esta dirección no está confirmada. Confírmela antes de cambiar algo aquí. <a>Volver a enviar el correo</a>.
profile-go = Ir a esa sección

## Its parts

profile-account-title = Cuenta
profile-security-title = Seguridad
profile-privacy-title = Privacidad

## What was done

profile-done-details = Se han guardado sus datos.
profile-done-password = Se ha cambiado su contraseña. Se ha cerrado su sesión en todos los demás lugares.
profile-done-email = Hemos enviado un correo a la dirección nueva. Abra el enlace en este navegador con la sesión iniciada. Hasta entonces, su dirección no cambia.
profile-done-session = Se ha cerrado esa sesión.
profile-done-sessions = Se ha cerrado su sesión en todos los demás lugares.
profile-done-recovery = Su cuenta no se eliminará.

## Details

profile-details-title = Datos
profile-details-text = Todos los campos son opcionales. Vacíe un campo para eliminar su contenido.
profile-details-save = Guardar datos
profile-details-refused = No se han guardado sus datos. Corrija los errores siguientes.
profile-details-outdated = Sus datos se cambiaron en otra ventana, así que sus cambios no se han guardado. El formulario muestra lo que escribió junto a lo que está guardado ahora. Guarde de nuevo para sobrescribirlo.
profile-details-sign-in-again = No se han guardado sus datos. Para cambiar una dirección de correo debe haber iniciado sesión en los últimos cinco minutos. Inicie sesión de nuevo y guarde después.
profile-now-empty = Ahora vacío.
profile-now = Ahora: { $value }
profile-address-verified = Confirmada.
profile-address-unverified = Aún no confirmada: abra el enlace del correo que enviamos a esa dirección.
profile-newsletter = Recibir boletines

profile-group-name = Nombre
profile-group-place = Lugar e idioma
profile-group-contact = Contacto
profile-group-work = Trabajo
profile-group-about = Sobre usted

profile-name = Nombre completo
profile-given-name = Nombre de pila
profile-family-name = Apellidos
profile-username = Nombre de usuario
profile-username-hint = Visible para los demás. Puede iniciar sesión con él en lugar de su dirección de correo.
profile-country = País
profile-language = Idioma
profile-time-zone = Zona horaria
profile-phone = Número de teléfono
profile-phone-hint = Con el prefijo del país, por ejemplo +49 30 901820.
profile-postal-address = Dirección postal
profile-notification-address = Dirección de correo adicional para avisos
profile-notification-address-hint = También enviamos aquí los avisos sobre su cuenta.
profile-alternate-address = Dirección de correo alternativa
profile-alternate-address-hint = Otra forma de contactar con usted. No sirve para restablecer su contraseña.
profile-company = Empresa
profile-industry = Sector
profile-date-of-birth = Fecha de nacimiento
profile-bio = Sobre mí
profile-avatar = Identificador de la imagen
profile-avatar-hint = La aplicación que usted usa guarda la imagen.

## Password

profile-password-title = Contraseña
profile-password-text = Una contraseña nueva cierra su sesión en todos los demás lugares.
profile-password-change = Cambiar contraseña
profile-password-refused = No se ha cambiado su contraseña. Corrija los errores siguientes.

## Email address

profile-email-title = Dirección de correo electrónico
profile-email-text = Su dirección es <strong>{ $address }</strong>. Para cambiarla, introduzca una nueva y abra el enlace que enviaremos a esa dirección.
profile-email-new = Dirección de correo nueva
profile-email-send = Enviar correo de confirmación
profile-email-refused = No se ha cambiado su dirección. Corrija los errores siguientes.

## Sessions

profile-sessions-title = Sesiones
profile-session-current = este navegador
profile-session-unknown-client = Programa desconocido
profile-session-client = { $browser } en { $system }
profile-session-times = Inicio de sesión: { $created }; último uso: { $used }.
profile-session-times-from = Desde { $address }. Inicio de sesión: { $created }; último uso: { $used }.
profile-session-end = Cerrar sesión
profile-session-end-label = Cerrar sesión: { $client }, iniciada: { $created }
profile-sessions-end-others = Cerrar todas las demás sesiones
profile-sign-out = Cerrar sesión

## Privacy

profile-consents-title = Lo que ha aceptado
profile-consent-terms = { terms-of-service }, versión { $version }, el { $at }
profile-consent-privacy = { privacy-policy }, versión { $version }, el { $at }
profile-export-title = Sus datos
profile-export-text = Descargue todo lo que guardamos sobre usted: su cuenta, sus sesiones y lo que ha ocurrido con ella, en un archivo JSON.
profile-export-button = Descargar mis datos
profile-export-refused = No se han descargado sus datos. Corrija el error siguiente.

## Deletion

profile-deletion-title = Eliminar su cuenta
profile-deletion-text = Su sesión se cierra de inmediato en todas partes. Unos días después se elimina todo lo que guardamos sobre usted. Hasta entonces puede iniciar sesión y cancelar la eliminación.
profile-deletion-confirm = Eliminar mi cuenta y todo su contenido
profile-deletion-unconfirmed = Marque esta casilla para eliminar su cuenta.
profile-deletion-button = Eliminar mi cuenta
profile-deletion-refused = No se ha eliminado su cuenta. Corrija los errores siguientes.
profile-deletion-last-super-admin = Usted es el último superadministrador. Nombre superadministrador a otra cuenta antes de eliminar esta.

## Linked accounts

profile-identities-title = Cuentas vinculadas
profile-identities-text = Puede iniciar sesión con estas cuentas.
profile-identities-none = No hay ninguna cuenta vinculada.
profile-identity-times = Vinculada: { $linked }. Último uso: { $used }.
profile-identity-unlink = Desvincular
profile-identity-unlink-label = Desvincular { $provider }: { $account }
profile-identity-link = Vincular { $provider }
profile-identity-confirm = Confirmar con { $provider } en lugar de una contraseña
profile-identities-refused = No se ha cambiado nada. Corrija el error de abajo.
profile-done-linked = La cuenta está vinculada. Puede iniciar sesión con ella.
profile-done-unlinked = La cuenta ya no está vinculada.
profile-done-confirmed = Ha confirmado que es usted.

## Regions of time zones

zone-region-africa = África
zone-region-america = América
zone-region-antarctica = Antártida
zone-region-arctic = Ártico
zone-region-asia = Asia
zone-region-atlantic = Atlántico
zone-region-australia = Australia
zone-region-europe = Europa
zone-region-indian = Océano Índico
zone-region-pacific = Pacífico
zone-region-other = Otras
