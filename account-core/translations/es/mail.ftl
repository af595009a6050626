# Emails. A key that ends in `-text` is for the part in plain text, where the link stands on the next line.

## Parts of several emails

mail-greeting = Hola:

mail-at-operator = { $named ->
    [yes] { " " }en { $operator }
   *[no] { "" }
}

mail-button-fails = Si el botón no funciona, copie esta dirección en su navegador:
mail-lasting = El enlace es válido hasta el { $expires_at }.
mail-lasting-with-code = El enlace y el código son válidos hasta el { $expires_at }.
mail-code = O introduzca este código donde se registró:
mail-never-asked = Nunca le pediremos su contraseña.
mail-not-forwarded = Por favor, no reenvíe este correo.
mail-code-not-shared = Por favor, no reenvíe este correo ni comparta el código con nadie.

mail-not-you = Si ha sido usted, no tiene que hacer nada. Si no, <a>elija inmediatamente una contraseña nueva</a>.
mail-not-you-text = Si ha sido usted, no tiene que hacer nada. Si no, elija inmediatamente una contraseña nueva aquí:
mail-forgot = Si ha olvidado su contraseña, <a>elija una nueva</a>.
mail-forgot-text = Si ha olvidado su contraseña, elija una nueva aquí:

## Verify your email address

mail-verify-address-subject = Confirme su dirección de correo electrónico
mail-verify-address-what = Alguien (esperamos que haya sido usted) se ha registrado{ mail-at-operator } con esta dirección de correo electrónico.
mail-verify-address-open = Para confirmar que es suya, abra el enlace en un plazo de { $expires_in } y pulse el botón de la página.
mail-verify-address-open-text = Para confirmar que es suya, abra este enlace en un plazo de { $expires_in } y pulse el botón de la página:
mail-verify-address-button = Confirmar mi dirección
mail-verify-address-otherwise = Si no ha sido usted, no tiene que hacer nada: sin su confirmación no se creará ninguna cuenta.
mail-verify-address-otherwise-account = Si no ha sido usted, no tiene que hacer nada: sin su confirmación la cuenta queda restringida y se eliminará.

## An administrator created an account

mail-account-made-subject = Se ha creado una cuenta para usted
mail-account-made-what = Un administrador ha creado una cuenta{ mail-at-operator } con esta dirección de correo electrónico y ha elegido su contraseña.
mail-account-made-open = Para usarla, abra el enlace en un plazo de { $expires_in } y elija una contraseña que solo usted conozca.
mail-account-made-open-text = Para usarla, abra este enlace en un plazo de { $expires_in } y elija una contraseña que solo usted conozca:
mail-account-made-button = Activar mi cuenta
mail-account-made-otherwise = Si no quiere la cuenta, no tiene que hacer nada: mientras no la active, no se puede utilizar, y se eliminará.

## Somebody registered with an address that has an account

mail-already-registered-subject = Ya tiene una cuenta
mail-already-registered-what = Alguien (esperamos que haya sido usted) ha intentado registrarse{ mail-at-operator } con esta dirección de correo electrónico. Usted ya tiene una cuenta, así que no se ha cambiado nada.
mail-already-registered-sign-in-text = Inicie sesión aquí:
mail-already-registered-deletion = Su cuenta se eliminará el { $deletion_due_at }, tal como usted pidió. Para conservarla, inicie sesión antes de esa fecha y elija «{ keep-account }».
mail-already-registered-deletion-text = Su cuenta se eliminará el { $deletion_due_at }, tal como usted pidió. Para conservarla, inicie sesión antes de esa fecha y elija «{ keep-account }»:
mail-already-registered-otherwise = Si no ha intentado registrarse, no tiene que hacer nada: nadie ha averiguado nada sobre su cuenta.

## Somebody came from a provider that names an address that has an account. `$identity` is the provider and the account
## there: "GitHub (octocat)".

mail-provider-link-offer-subject = Ya tiene una cuenta con esta dirección
mail-provider-link-offer-what = Alguien (esperamos que haya sido usted) ha intentado registrarse{ mail-at-operator } con { $identity }. Usted ya tiene una cuenta con esta dirección de correo electrónico, así que no se ha cambiado nada.
mail-provider-link-offer-link = Para iniciar sesión con { $provider } a partir de ahora, inicie sesión como siempre y vincúlelo en su perfil.
mail-provider-link-offer-link-text = Para iniciar sesión con { $provider } a partir de ahora, inicie sesión como siempre y vincúlelo en su perfil:
mail-provider-link-offer-otherwise = Si no ha sido usted, no lo vincule: quien pueda usar { $identity } podría entonces iniciar sesión en su cuenta. Nadie ha averiguado nada sobre su cuenta.

## Reset your password

mail-reset-password-subject = Restablezca su contraseña
mail-reset-password-what = El { $at }, alguien (esperamos que haya sido usted) pidió restablecer la contraseña de su cuenta{ mail-at-operator }.
mail-reset-password-open = Para elegir una nueva, abra el enlace en un plazo de { $expires_in }.
mail-reset-password-open-text = Para elegir una nueva, abra este enlace en un plazo de { $expires_in }:
mail-reset-password-button = Elegir una contraseña nueva
mail-reset-password-otherwise = Si no ha sido usted, no tiene que hacer nada: su contraseña sigue siendo la misma.

## Verify a new email address

mail-confirm-new-address-subject = Confirme su nueva dirección de correo electrónico
mail-confirm-new-address-what = El { $at }, alguien (esperamos que haya sido usted) pidió que esta sea la dirección de correo electrónico de su cuenta{ mail-at-operator }.
mail-confirm-new-address-open = Para confirmar que es suya, abra el enlace en un plazo de { $expires_in }, <strong>en el navegador en el que pidió el cambio</strong>, y pulse el botón de la página.
mail-confirm-new-address-open-text = Para confirmar que es suya, abra este enlace en un plazo de { $expires_in }, en el navegador en el que pidió el cambio, y pulse el botón de la página:
mail-confirm-new-address-button = Confirmar mi nueva dirección
mail-confirm-new-address-otherwise = Si no ha sido usted, no tiene que hacer nada: sin su confirmación no cambia nada.

## Verify an additional email address

mail-confirm-secondary-address-subject = Confirme su dirección de correo adicional
mail-confirm-secondary-address-what = El { $at }, alguien (esperamos que haya sido usted) indicó esta dirección como dirección de correo electrónico adicional de su cuenta{ mail-at-operator }.
mail-confirm-secondary-address-open = Para confirmar que es suya, abra el enlace en un plazo de { $expires_in }, inicie sesión si se le pide y pulse el botón de la página.
mail-confirm-secondary-address-open-text = Para confirmar que es suya, abra este enlace en un plazo de { $expires_in }, inicie sesión si se le pide y pulse el botón de la página:
mail-confirm-secondary-address-button = Confirmar mi dirección
mail-confirm-secondary-address-otherwise = Si no ha sido usted, no tiene que hacer nada: sin su confirmación la dirección no se utilizará.

## Somebody else wanted to use the address of an account

mail-address-in-use-subject = Su dirección de correo ya tiene una cuenta
mail-address-in-use-what = El { $at }, alguien pidió usar la dirección de usted para otra cuenta{ mail-at-operator }. Usted ya tiene una cuenta con esta dirección, así que no se ha cambiado nada.
mail-address-in-use-sign-in = Si ha sido usted, inicie sesión en su cuenta.
mail-address-in-use-sign-in-text = Si ha sido usted, inicie sesión en su cuenta:
mail-address-in-use-otherwise = Si no ha sido usted, no tiene que hacer nada: nadie ha averiguado nada sobre su cuenta.

## Invitation

mail-invitation-subject = Le invitamos a crear una cuenta
mail-invitation-what = Le invitamos a crear una cuenta{ mail-at-operator } con esta dirección de correo electrónico.
mail-invitation-open = Para aceptar, abra el enlace en un plazo de { $expires_in } y elija una contraseña.
mail-invitation-open-text = Para aceptar, abra este enlace en un plazo de { $expires_in } y elija una contraseña:
mail-invitation-button = Elegir una contraseña
mail-invitation-otherwise = Si no quiere una cuenta, no tiene que hacer nada: no se creará ninguna hasta que acepte.

## Notices: what happened to the account

mail-notice-password-changed-subject = Se ha cambiado su contraseña
mail-notice-password-changed-what = El { $at } se cambió la contraseña de su cuenta{ mail-at-operator }.

mail-notice-password-reset-subject = Se ha restablecido su contraseña
mail-notice-password-reset-what = El { $at } se restableció la contraseña de su cuenta{ mail-at-operator } mediante un enlace que le habíamos enviado por correo. La anterior ya no es válida.
mail-notice-password-reset-you = Si ha sido usted, no tiene que hacer nada, a menos que su cuenta esté a punto de eliminarse: una contraseña nueva no anula la eliminación. Para conservarla, inicie sesión y elija «{ keep-account }».
mail-notice-password-reset-not-you = Si no ha sido usted, otra persona puede leer su correo: cambie primero la contraseña de su buzón y después <a>elija una nueva para su cuenta</a>.
mail-notice-password-reset-not-you-text = Si no ha sido usted, otra persona puede leer su correo: cambie primero la contraseña de su buzón y después elija una nueva para su cuenta aquí:

mail-notice-address-changed-subject = Se ha cambiado su dirección de correo
mail-notice-address-changed-what = El { $at } se cambió la dirección de correo electrónico de su cuenta{ mail-at-operator }. Este mensaje se envía a la dirección anterior y a la nueva.
mail-notice-address-changed-support = Si así no puede iniciar sesión, póngase en contacto con el servicio de asistencia.

mail-notice-address-change-requested-subject = Solicitud de cambio de su dirección de correo
mail-notice-address-change-requested-what = El { $at }, alguien (esperamos que haya sido usted) pidió cambiar la dirección de correo electrónico de su cuenta{ mail-at-operator }. Todavía no ha cambiado nada: primero hay que confirmar la dirección nueva.
mail-notice-address-change-requested-not-you = Si ha sido usted, abra el enlace del correo enviado a la dirección nueva. Si no, <a>elija inmediatamente una contraseña nueva</a>; eso también cancela el cambio.
mail-notice-address-change-requested-not-you-text = Si ha sido usted, abra el enlace del correo enviado a la dirección nueva. Si no, elija inmediatamente una contraseña nueva aquí; eso también cancela el cambio:

mail-notice-secondary-address-confirmed-subject = Se ha confirmado una dirección de correo adicional
mail-notice-secondary-address-confirmed-what = El { $at } se confirmó una dirección de correo adicional de su cuenta{ mail-at-operator }.
mail-notice-secondary-address-confirmed-remove = Después, quite esa dirección de los datos de su cuenta.

mail-notice-identity-linked-subject = Se ha añadido una forma de iniciar sesión
mail-notice-identity-linked-what = El { $at } se vinculó { $identity } a su cuenta{ mail-at-operator }. Ahora puede iniciar sesión de esa forma.
# Behind "If not, reset your password immediately."
mail-notice-identity-linked-remove = Después, quite esa vinculación en su perfil.

mail-notice-identity-unlinked-subject = Se ha quitado una forma de iniciar sesión
mail-notice-identity-unlinked-what = El { $at } se desvinculó { $identity } de su cuenta{ mail-at-operator }. Ya no sirve para iniciar sesión.

mail-notice-sessions-ended-subject = Se ha cerrado su sesión en todos los demás lugares
mail-notice-sessions-ended-what = El { $at }, usted o un administrador cerró todas las demás sesiones de su cuenta{ mail-at-operator }.
mail-notice-sessions-ended-not-you = Si ha sido usted o estaba al tanto, no tiene que hacer nada. Si no, <a>elija inmediatamente una contraseña nueva</a>.
mail-notice-sessions-ended-not-you-text = Si ha sido usted o estaba al tanto, no tiene que hacer nada. Si no, elija inmediatamente una contraseña nueva aquí:

mail-notice-deletion-requested-subject = Su cuenta se eliminará
mail-notice-deletion-requested-what = El { $at }, alguien (esperamos que haya sido usted) pidió eliminar su cuenta{ mail-at-operator }. Ya no se puede utilizar y se eliminará próximamente.
mail-notice-deletion-requested-what-when = El { $at }, alguien (esperamos que haya sido usted) pidió eliminar su cuenta{ mail-at-operator }. Ya no se puede utilizar y se eliminará el { $deletion_due_at }.
mail-notice-deletion-requested-keep = Si quiere conservarla, inicie sesión y elija «{ keep-account }» antes de que se elimine.
mail-notice-deletion-requested-keep-text = Si quiere conservarla, inicie sesión y elija «{ keep-account }» antes de que se elimine:
mail-notice-deletion-requested-keep-when = Si quiere conservarla, inicie sesión y elija «{ keep-account }» antes de que se elimine.
mail-notice-deletion-requested-keep-when-text = Si quiere conservarla, inicie sesión y elija «{ keep-account }» antes de que se elimine:
mail-notice-deletion-requested-not-you = Si no ha sido usted quien lo pidió, <a>elija inmediatamente una contraseña nueva</a> y después «{ keep-account }».
mail-notice-deletion-requested-not-you-text = Si no ha sido usted quien lo pidió, elija inmediatamente una contraseña nueva aquí y después «{ keep-account }»:

mail-notice-deletion-cancelled-subject = Su cuenta no se eliminará
mail-notice-deletion-cancelled-what = El { $at }, alguien (esperamos que haya sido usted) inició sesión en su cuenta{ mail-at-operator } y canceló su eliminación. Su cuenta se conserva.

mail-notice-became-administrator-subject = Su cuenta es ahora de administrador
mail-notice-became-administrator-what = El { $at } su cuenta{ mail-at-operator } pasó a ser de administrador: ahora puede ver y modificar otras cuentas.
mail-notice-became-administrator-not-you = Si no lo esperaba, póngase en contacto con el servicio de asistencia. Si otra persona puede conocer su contraseña, <a>elija inmediatamente una nueva</a>.
mail-notice-became-administrator-not-you-text = Si no lo esperaba, póngase en contacto con el servicio de asistencia. Si otra persona puede conocer su contraseña, elija inmediatamente una nueva aquí:

mail-notice-account-disabled-subject = Se ha desactivado su cuenta
mail-notice-account-disabled-what = El { $at } se desactivó su cuenta{ mail-at-operator }. Nadie puede iniciar sesión en ella hasta que se vuelva a activar.
mail-notice-account-disabled-support = Si cree que se trata de un error, póngase en contacto con el servicio de asistencia. Una contraseña nueva no serviría de nada.

mail-notice-account-enabled-subject = Se ha vuelto a activar su cuenta
mail-notice-account-enabled-what = El { $at } se volvió a activar su cuenta{ mail-at-operator }.
mail-notice-account-enabled-what-text = El { $at } se volvió a activar su cuenta{ mail-at-operator }. Puede iniciar sesión en ella aquí:
mail-notice-account-enabled-forgot = Si ha olvidado su contraseña, o si otra persona puede conocerla, <a>elija una nueva</a>.
mail-notice-account-enabled-forgot-text = Si ha olvidado su contraseña, o si otra persona puede conocerla, elija una nueva aquí:
