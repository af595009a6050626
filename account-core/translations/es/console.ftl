# La consola: las páginas para administradores.

console-title = Consola
console-open = Abrir la consola
console-skip = Ir al contenido
console-pages = Páginas
console-first = Primera página
console-next = Página siguiente
console-search = Buscar
console-any = Todos
console-optional = Opcional.
console-save = Guardar
console-create = Crear
console-delete = Eliminar
console-cancel = Cancelar
console-one-a-line = Uno por línea.
console-refused = No se ha cambiado nada:
console-as-table = Mostrar como tabla
console-actions = Acciones

## The parts of the console

console-dashboard = Resumen
console-accounts = Cuentas
console-invitations = Invitaciones
console-registrations = Registros
console-outbox = Bandeja de salida
console-features = Funciones
console-organizations = Organizaciones
console-clients = Clientes
console-audit = Registro de auditoría

## Names of values

console-id = ID
console-address = Dirección de correo
console-name = Nombre
console-username = Nombre de usuario
console-role = Rol
console-state = Estado
console-organization = Organización
console-organization-id = ID de la organización
console-organization-role = Rol en la organización
console-account = Cuenta
console-account-id = ID de la cuenta
console-country = País
console-language = Idioma
console-time-zone = Zona horaria
console-created = Creación
console-verified = Confirmación
console-disabled = Desactivación
console-deletion-due = Se eliminará
console-expires = Caduca
console-channel = Canal
console-client = Navegador o aplicación
console-signed-in = Inicio de sesión
console-last-used = Último uso
console-agreed = Aceptado
console-client-address = Dirección IP
console-code = Código
console-time = Fecha y hora
console-event = Evento
console-actor = Por
console-detail = Detalle
console-operator = Línea de comandos
console-service = Servicio
console-reason = Motivo

## Roles and states

console-role-user = Usuario
console-role-admin = Administrador
console-role-super-admin = Superadministrador
console-role-member = Miembro
console-role-organization-administrator = Administrador de la organización
console-state-active = Activa
console-state-unverified = Sin confirmar
console-state-deleting = En proceso de eliminación
console-state-disabled = Desactivada
console-state-pending = Pendiente
console-state-expired = Caducado
console-state-completed = Completado
console-state-taken = Dirección en manos de su titular
console-state-void = Ya no es válido
console-state-accepted = Aceptada
console-state-revoked = Revocada
console-state-queued = En espera
console-state-sent = Enviado
console-state-dropped = Descartado
console-state-dead = No entregable
console-state-bounced = Devuelto

## The password once more

console-password-title = Confirme su contraseña
console-password-text = Para esta acción, la contraseña debe haberse introducido en los últimos cinco minutos.
console-password-button = Confirmar y continuar

## What was done

console-done-disabled = La cuenta se ha desactivado.
console-done-enabled = La cuenta se ha reactivado.
console-done-sessions = Las sesiones de la cuenta se han cerrado.
console-done-role = El rol se ha cambiado.
console-done-deleted = Eliminación completada.
console-done-mail = Otro correo está en camino si el registro sigue pendiente.
console-done-invited = La invitación está en camino.
console-done-revoked = La invitación se ha revocado.
console-done-redriven = La entrada ha vuelto a la cola. Se entregará ahora si todavía es válida.
console-done-dropped = La entrada se ha descartado.
console-done-saved = Sus cambios se han guardado.
console-done-member = La pertenencia se ha guardado.
console-done-member-removed = La cuenta ya no es miembro.

## Why something was not done

console-refused-closed = El registro está cerrado, por lo que no se puede invitar a nadie.
console-refused-role = Su rol no lo permite. Tampoco puede desactivar ni eliminar aquí su propia cuenta.
console-refused-unverified = La dirección de la cuenta no está confirmada.
console-refused-changed = Otra persona ha hecho un cambio entretanto. El formulario muestra lo que escribió junto a lo que está guardado ahora. Guarde de nuevo para sobrescribirlo.
console-refused-registered = Esta dirección ya tiene una cuenta.
console-refused-invited = Esta dirección ya está invitada.
console-refused-code = Otra organización tiene este código.
console-refused-client = Otro cliente tiene este ID.
console-refused-not-empty = La organización todavía tiene miembros o clientes.
console-refused-weak-password = Es posible que la contraseña de la cuenta sea demasiado débil para un administrador. Pida primero a su titular que elija una nueva.
console-refused-last-super-admin = Debe haber al menos un superadministrador.
console-refused-entry = El estado de la entrada no lo permite.
console-refused-invitation = La invitación ya no es válida.
console-refused-account-id = Introduzca el ID de una cuenta. Aparece en la página de la cuenta.
console-refused-feature = Uno de los dominios o ID, o el motivo, no es válido.
console-refused-feature-organization = No hay ninguna organización con uno de los ID.

## Accounts

console-accounts-search = Correo, nombre o nombre de usuario
console-accounts-search-hint = Basta con una parte. El ID de una cuenta abre la cuenta.
console-accounts-none = No se ha encontrado ninguna cuenta.
console-sessions = Sesiones
console-sessions-none = No hay ninguna sesión iniciada.
console-latest = Últimos eventos
console-all-events = Todos los eventos de esta cuenta
console-registrations-of = Registros con esta dirección
console-resend = Volver a enviar el correo
console-resend-title = Correo de confirmación
console-resend-text = Envía otro correo con un enlace para confirmar la dirección, si el registro sigue pendiente.
console-end-sessions = Cerrar todas las sesiones
console-end-sessions-text = Quien tenga la sesión iniciada en la cuenta deberá iniciarla de nuevo. La dirección de la cuenta recibe un aviso.
console-disable = Desactivar cuenta
console-disable-title = Desactivar esta cuenta
console-disable-text = Sus sesiones se cierran y nadie puede iniciar sesión hasta que se reactive. La dirección de la cuenta recibe un aviso, sin el motivo.
console-enable = Reactivar cuenta
console-enable-title = Reactivar esta cuenta
console-enable-text = Su titular puede volver a iniciar sesión. La dirección de la cuenta recibe un aviso.
console-reason-hint = Opcional. Se guarda en el registro de auditoría y forma parte de los datos que el titular de la cuenta puede descargar.
console-set-role = Cambiar rol
console-set-role-title = Cambiar el rol
console-set-role-text = Las sesiones de la cuenta se cierran.
console-delete-account = Eliminar cuenta
console-delete-account-title = Eliminar esta cuenta
console-delete-account-text = La cuenta se elimina de inmediato, con todos sus datos. No se puede deshacer.

## Invitations

console-invitations-none = No hay invitaciones.
console-invite = Invitar
console-invite-title = Invitar a una persona
console-invite-text = Enviamos un enlace por correo. La persona elige una contraseña al aceptar. Solo los superadministradores pueden invitar a administradores.
console-revoke = Revocar

## Registrations

console-registrations-none = No hay registros.
console-registrations-hint = La dirección completa.

## Outbox

console-outbox-none = No hay nada aquí.
console-intent = Finalidad
console-recipient = Destinatario
console-attempts = Intentos
console-due = Previsto o terminado
console-note = Nota
console-redrive = Entregar de nuevo
console-drop = Descartar

## Feature flags

console-feature-value = Esta función está
console-on = Activada
console-off = Desactivada
console-feature-changed = Se cambió el { $at }.
console-feature-by = Por este administrador
console-feature-registration = Registro
console-feature-registration-text = Quién puede registrarse. El inicio de sesión no se ve afectado.
console-feature-social = Registro con otros proveedores
console-feature-social-text = Si es posible registrarse con una cuenta de otro proveedor.
console-feature-password = Registro con contraseña
console-feature-password-text = Si es posible registrarse con una contraseña.
console-feature-newsletter = Boletín
console-feature-newsletter-text = Si se pregunta a las personas si desean recibir boletines.
console-mode = Quién puede registrarse
console-mode-open = Todo el mundo
console-mode-restricted = Solo los dominios y organizaciones indicados
console-mode-invitation = Solo personas invitadas
console-mode-closed = Nadie
console-domains = Dominios
console-domains-hint = Uno por línea. Se tienen en cuenta si solo pueden registrarse los dominios indicados.
console-organization-ids = ID de organizaciones
console-organization-ids-hint = Uno por línea. Se tienen en cuenta si solo pueden registrarse las organizaciones indicadas.
console-feature-reason-hint = Opcional. Lo ven las personas que no pueden registrarse.
console-refuses-pending = Rechazar también los registros e invitaciones pendientes

## Organizations and clients

console-organizations-none = No hay organizaciones.
console-organization-create = Crear una organización
console-organization-change = Cambiar esta organización
console-organization-delete = Eliminar esta organización
console-organization-delete-text = Solo se puede eliminar una organización sin miembros ni clientes.
console-code-hint = Un nombre corto para programas: letras, cifras y . _ -
console-callback-origins = Orígenes de las URL de retorno
console-self-named = Administradores por registro
console-self-named-hint = Si está activado, las aplicaciones pueden registrar a personas como administradores de la organización.
console-invite-here = Invitar a una persona a esta organización
console-members = Miembros
console-members-none = No hay miembros.
console-member-set = Añadir un miembro o cambiar un rol
console-member-text = La cuenta deja la organización a la que pertenece ahora.
console-member-remove = Quitar
console-clients-none = No hay clientes.
console-client-create = Registrar un cliente
console-client-change = Cambiar este cliente
console-client-delete = Eliminar este cliente
console-client-delete-text = Sus URL de retorno y sus redes dejan de tenerse en cuenta de inmediato.
console-client-id-hint = Letras, cifras y . _ - El ID no se puede cambiar después.
console-redirect-uris = URI de redirección
console-networks = Redes
console-networks-hint = Una por línea, por ejemplo 203.0.113.0/24. Los límites por red de cliente no se les aplican.

## Audit trail

console-audit-none = No hay entradas.

## Dashboard

console-days = Periodo
console-day = Día (UTC)
console-funnel = Registros por día
console-funnel-about = Registros, correos enviados, registros confirmados e inicios de sesión de cada día.
console-series-registered = Registros
console-series-mailed = Correos enviados
console-series-confirmed = Confirmados
console-series-signed-in = Inicios de sesión
console-until-mailed = Tiempo hasta el envío del correo
console-until-mailed-about = Tiempo desde el registro hasta el envío del primer correo, según el día del envío. Mediana y percentil 95 de 1000 correos al día como máximo.
console-until-confirmed = Tiempo hasta la confirmación de la dirección
console-until-confirmed-about = Tiempo desde el registro hasta la confirmación de la dirección, según el día de la confirmación. Mediana y percentil 95 de 1000 personas al día como máximo.
console-series-median = Mediana
console-series-p95 = Percentil 95
console-queues = Bandeja de salida ahora
console-queues-about = Entradas en espera y no entregables de cada cola.
console-queue = Cola
console-oldest = Entrada en espera más antigua
console-series-queued = En espera
console-series-dead = No entregables
console-dead-letters = Mostrar las entradas no entregables
console-instance-title = Esta instancia
console-instance = Contado por la instancia que ha respondido, desde el { $since }. Las demás instancias tienen sus propias cifras.
console-limits = Rechazos por límite
console-limits-about = Solicitudes que ha rechazado cada límite.
console-limit = Límite
console-series-refused = Rechazados
console-hashing = Hashes de contraseñas
console-hashing-about = Hashes calculados y rechazados, según su finalidad.
console-class = Para
console-series-computed = Calculados
console-mean-wait = Espera media
console-p95-wait = Espera, percentil 95

## Short times

console-milliseconds = { $count } ms
console-seconds = { $count } s
console-minutes = { $count } min
console-hours = { $count } h
