## On every page

page-language = Langue

## Buttons and links that stand on several pages

link-sign-in-back = Retour à la connexion
link-register = Créer un compte
link-forgot = Mot de passe oublié ?
link-continue = Continuer
link-account = Accéder à votre compte
link-another-email = Demander un autre e-mail
link-new-tab = (s’ouvre dans un nouvel onglet)
button-verify = Confirmer
button-resend = Renvoyer l’e-mail
email-not-sent = Aucun e-mail n’a été envoyé. Corrigez l’erreur ci-dessous.
offer-register = Pas encore de compte ? <a>Créez-en un</a>.
offer-sign-in = Vous avez déjà un compte ? <a>Connectez-vous</a>.
signed-in-as = Vous êtes connecté en tant que <strong>{ $address }</strong>.

## Fields

label-email = Adresse e-mail
label-password = Mot de passe
label-new-password = Nouveau mot de passe
label-current-password = Mot de passe actuel
label-name = Nom
label-optional = (facultatif)
label-code = Code
choice-none = Non renseigné
incorrect-password = Mot de passe incorrect.
enter-password = Saisissez votre mot de passe.

## The password field

password-rules-link = Règles des mots de passe
password-show = Afficher
password-hide = Masquer
password-caps-lock = Le verrouillage des majuscules est activé.
password-strength-weak = Facile à deviner. Ajoutez des mots.
password-strength-fair = Peut être renforcé. Ajoutez un mot.
password-strength-good = Difficile à deviner.
password-rule-met = respectée
password-hint-min = Au moins { $min } caractères.
password-hint-between = De { $min } à { $max } caractères.
password-hint-with-min = Au moins { $min } caractères, dont { $list }.
password-hint-with-between = De { $min } à { $max } caractères, dont { $list }.
password-hint-words = Plusieurs mots sans rapport entre eux forment un mot de passe solide.
password-hint-no-spaces = Sans espaces.
password-part-uppercase = une majuscule
password-part-lowercase = une minuscule
password-part-digit = un chiffre
password-part-digit-or-special = un chiffre ou un caractère spécial
password-part-special = l’un de { $set }
password-rule-min = Au moins { $min } caractères
password-rule-max = Au plus { $max } caractères
password-rule-uppercase = Une majuscule
password-rule-lowercase = Une minuscule
password-rule-digit = Un chiffre
password-rule-digit-or-special = Un chiffre ou un caractère spécial
password-rule-special = Un caractère spécial : { $set }
password-rule-no-spaces = Aucun espace
password-rule-common = Ni mot de passe courant, ni mot de passe apparu dans une fuite de données
password-rule-guessable = Difficile à deviner : ni répétition, ni suite de touches, ni mot seul suivi de quelques caractères
password-rule-personal = Ne contient ni votre adresse, ni votre nom, ni le nom de ce service
password-policy-title = Règles des mots de passe
password-policy-intro = Un nouveau mot de passe doit respecter ces règles :
password-policy-advice = Tous les caractères sont autorisés, y compris les espaces. Vous pouvez coller un mot de passe ou en faire générer un par un gestionnaire de mots de passe.
password-policy-advice-no-spaces = Tous les caractères sont autorisés, sauf les espaces. Vous pouvez coller un mot de passe ou en faire générer un par un gestionnaire de mots de passe.
password-policy-phrase = Plusieurs mots sans rapport entre eux sont faciles à retenir et difficiles à deviner. La longueur compte plus que les caractères spéciaux.
password-policy-administrators = Des règles plus strictes peuvent s’appliquer aux administrateurs.

## Registering

register-title = Créer un compte
register-refused = Votre compte n’a pas été créé. Corrigez les erreurs ci-dessous.
register-next = Nous vous enverrons un lien pour confirmer votre adresse. Votre compte sera prêt dès que ce sera fait.
register-choose = Choisissez
register-organization = Code de l’organisation
register-consent = J’accepte les <a>conditions d’utilisation</a> et la <a>politique de confidentialité</a>.
register-consent-terms = J’accepte les <a>conditions d’utilisation</a>.
register-consent-privacy = J’accepte la <a>politique de confidentialité</a>.
register-did-you-mean = Vouliez-vous dire <strong>{ $suggestion }</strong> ? Si l’adresse <strong>{ $address }</strong> est correcte, envoyez à nouveau le formulaire.

## Waiting for the email

waiting-title = Consultez votre messagerie
waiting-title-undelivered = L’e-mail n’a pas pu être remis
waiting-title-expired = Votre lien a expiré
waiting-sent = Nous avons envoyé un e-mail à <strong>{ $address }</strong>. Saisissez le code à 8 caractères ou ouvrez le lien.
waiting-sent-link = Nous avons envoyé un e-mail à <strong>{ $address }</strong>. Ouvrez le lien qu’il contient.
waiting-undelivered = Vous avez créé un compte avec <strong>{ $address }</strong>.
waiting-expired = L’adresse <strong>{ $address }</strong> n’a pas été confirmée à temps. Demandez un autre e-mail pour continuer.
waiting-sign-in = Confirmez votre adresse e-mail avant de vous connecter.
waiting-sign-in-undelivered = Vous ne pouvez pas encore vous connecter : cette adresse n’est pas confirmée.
waiting-sending = Nous envoyons un autre e-mail. Seul le plus récent est valable.
waiting-code-wrong = Code incorrect. Saisissez le code à 8 caractères de l’e-mail le plus récent. Après 5 codes incorrects, seul le lien fonctionne.
waiting-code-refused = L’adresse n’a pas été confirmée. Corrigez l’erreur ci-dessous.
waiting-code-exhausted = Trop de codes incorrects. Ouvrez plutôt le lien de l’e-mail.
waiting-no-email = Pas d’e-mail ?
waiting-no-email-text = S’il n’est pas arrivé après quelques minutes, renvoyez-le.
waiting-wrong-address-title = Mauvaise adresse ?
waiting-wrong-address = <a>Créez un compte avec une autre</a>.
waiting-correct-label = Adresse e-mail correcte
waiting-correct = Modifier l’adresse
waiting-correct-refused = L’adresse n’a pas été modifiée. Corrigez l’erreur ci-dessous.
waiting-mail-queued = L’e-mail est en route.
waiting-mail-handed-over = Il peut mettre quelques minutes à arriver. Si vous ne le trouvez pas, vérifiez vos courriers indésirables.
waiting-mail-deferred = L’e-mail n’a pas encore pu être remis. Nous continuons d’essayer.
waiting-mail-failed = Renvoyez-le ou corrigez l’adresse ci-dessous.
waiting-mail-bounced = Vérifiez l’adresse. Si elle est incorrecte, corrigez-la ci-dessous.
waiting-requested = Demandé il y a { $span }.
waiting-unknown = Si vous avez créé un compte, nous vous avons envoyé un e-mail. Ouvrez le lien qu’il contient.
waiting-unknown-sending = Si une création de compte est en attente pour cette adresse, nous envoyons un autre e-mail.
waiting-unknown-no-email = Vérifiez vos courriers indésirables ou renvoyez-le.

## Verifying an address

verify-title = Confirmez votre adresse e-mail
verify-enough = Confirmez l’adresse <strong>{ $address }</strong> pour activer votre compte.
verify-wrong-password = Mot de passe incorrect pour <strong>{ $address }</strong>. Réessayez ou <a>choisissez un nouveau mot de passe</a>.
verify-new-password-refused = L’adresse n’a pas été confirmée, car le nouveau mot de passe n’a pas été accepté :
verify-proof-missing = Cette adresse a été enregistrée dans un autre navigateur. Saisissez un mot de passe pour la confirmer.
verify-password = Saisissez le mot de passe choisi en créant le compte de <strong>{ $address }</strong>.
verify-forgot-title = Mot de passe oublié ?
verify-forgot = Si vous avez oublié le mot de passe ou si quelqu’un d’autre a utilisé cette adresse, choisissez-en un nouveau.
verify-choose = Choisissez un mot de passe pour <strong>{ $address }</strong>.
verify-drops = Toutes les autres informations saisies à la création du compte, comme un nom, seront supprimées.
verify-with-new-password = Confirmer avec un nouveau mot de passe
verified-title = Adresse e-mail confirmée
verified-signed-in = L’adresse <strong>{ $address }</strong> est confirmée et votre compte est prêt. Vous êtes connecté.
verified-sign-in = L’adresse <strong>{ $address }</strong> est confirmée et votre compte est prêt. Connectez-vous avec cette adresse et votre mot de passe.
verified-username-taken = Le nom d’utilisateur choisi a été pris entre-temps. Choisissez-en un autre dans votre compte.
completed-title = Votre compte est prêt
completed-text = L’adresse <strong>{ $address }</strong> est confirmée.

## Verifying another address of an account

confirm-address-text = Vous êtes connecté en tant que <strong>{ $address }</strong>. Confirmez l’adresse qui a reçu notre e-mail pour l’utiliser avec ce compte.
confirm-address-elsewhere = Vous n’êtes pas connecté dans ce navigateur. Si vous avez saisi la nouvelle adresse dans un autre navigateur, ouvrez-y le lien.
confirm-address-sign-in = Se connecter pour confirmer
confirm-address-not-you = Si vous n’êtes pas à l’origine de cette demande, fermez cette page.
address-confirmed-primary = L’adresse e-mail de votre compte est désormais <strong>{ $address }</strong>. Utilisez-la pour vous connecter. Vous avez été déconnecté partout ailleurs.
address-confirmed-secondary = Elle fait désormais partie de votre compte.

## Signing in

sign-in-identifier = Adresse e-mail ou nom d’utilisateur
sign-in-wrong = Adresse e-mail, nom d’utilisateur ou mot de passe incorrect. Réessayez ou réinitialisez votre mot de passe.
sign-in-refused = Corrigez les erreurs ci-dessous pour vous connecter.
sign-in-identifier-required = Saisissez votre adresse e-mail ou votre nom d’utilisateur.
sign-in-signed-out = Vous êtes déconnecté.
sign-in-ended = Votre session a expiré et rien n’a été modifié. Reconnectez-vous pour continuer.
sign-in-already = Dans ce navigateur, vous êtes connecté en tant que <strong>{ $address }</strong>. <a>Accéder à ce compte</a>.

## A forgotten password

forgot-title = Mot de passe oublié ?
forgot-text = Saisissez l’adresse e-mail de votre compte. Nous vous enverrons un lien pour réinitialiser votre mot de passe.
forgot-send = Envoyer le lien
forgot-sent-title = Consultez votre messagerie
forgot-sent-text = Si un compte existe pour cette adresse, nous y avons envoyé un lien pour réinitialiser le mot de passe.
forgot-sent-patience = L’e-mail peut mettre quelques minutes à arriver. S’il n’arrive pas, vérifiez vos courriers indésirables et assurez-vous d’avoir saisi l’adresse de votre compte.
reset-title = Choisissez un nouveau mot de passe
reset-refused = Le mot de passe n’a pas été modifié :
reset-text = Pour le compte de <strong>{ $address }</strong>. Vous serez déconnecté partout ailleurs.
reset-save = Enregistrer le mot de passe
password-set-title = Mot de passe modifié
password-set-text = Vous êtes connecté en tant que <strong>{ $address }</strong>. Vous avez été déconnecté partout ailleurs.

## An invitation

invitation-title = Acceptez votre invitation
invitation-refused = Votre compte n’a pas été créé. Corrigez les erreurs ci-dessous.
invitation-text = Vous êtes invité à créer un compte avec l’adresse <strong>{ $address }</strong>. Choisissez un mot de passe pour accepter.
invitation-accept = Accepter l’invitation
accepted-title = Votre compte est prêt

## An account that will be deleted

deletion-begun-title = Votre compte sera supprimé
deletion-begun-text = Le compte de <strong>{ $address }</strong> sera supprimé le { $due }. Vous avez été déconnecté partout.
deletion-begun-keep = Pour conserver votre compte, connectez-vous avant cette date et annulez la suppression.
deletion-due = Votre compte sera supprimé le { $due }. Vous pouvez annuler la suppression d’ici là.

## Waiting because of bots

challenge-full = <strong>Veuillez réessayer dans { $time }.</strong> Trop de personnes attendent en ce moment.
challenge-wait = <strong>Veuillez attendre { $time }, puis envoyez le formulaire.</strong> Cette attente éloigne les robots.
challenge-script = <strong>Veuillez envoyer le formulaire à nouveau.</strong> Nous vérifions que vous n’êtes pas un robot.
challenge-password = Saisissez à nouveau votre mot de passe : nous ne l’avons pas conservé.
challenge-turn-on-script = Si vous activez JavaScript pour ce site, vous n’aurez pas à attendre.
challenge-checking = Nous vérifions que vous n’êtes pas un robot…
wait-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
wait-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
wait-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}

## Links that no longer work

dead-link-invalid-title = Lien non valide
dead-link-expired-title = Votre lien a expiré
dead-link-newer-title = Nous vous avons envoyé un e-mail plus récent
dead-link-stale-title = Ce lien ne fonctionne plus
dead-link-verified-title = Adresse e-mail déjà confirmée
dead-link-account-title = Vous avez déjà un compte
dead-link-used-title = Lien déjà utilisé
dead-link-invitation-expired-title = Votre invitation a expiré
dead-link-invitation-used-title = Invitation déjà acceptée
dead-link-verification-invalid = Ouvrez le lien complet de l’e-mail. Si cela ne suffit pas, demandez un autre e-mail ci-dessous.
dead-link-reset-invalid = Ouvrez le lien complet de l’e-mail. Si cela ne suffit pas, demandez un autre e-mail.
dead-link-address-invalid = Ouvrez le lien complet de l’e-mail. Si cela ne suffit pas, saisissez à nouveau l’adresse dans votre compte.
dead-link-invitation-invalid = Ouvrez le lien complet de l’e-mail. Si cela ne suffit pas, demandez une autre invitation.
dead-link-verification-expired = Demandez un autre e-mail ci-dessous.
dead-link-verification-used = Vous pouvez vous connecter.
dead-link-verification-newer = Ouvrez le lien de l’e-mail le plus récent. Si vous ne le trouvez pas, demandez-en un autre ci-dessous.
dead-link-account = Connectez-vous. Si vous ne connaissez pas le mot de passe, vous pouvez le réinitialiser.
dead-link-reset-expired = Demandez un autre e-mail.
dead-link-reset-used = Il a servi à modifier le mot de passe. Si ce n’était pas vous, demandez un autre e-mail et choisissez un nouveau mot de passe.
dead-link-reset-newer = Ouvrez le lien de l’e-mail le plus récent ou demandez-en un autre.
dead-link-reset-stale = Le mot de passe ou l’adresse a changé depuis l’envoi de l’e-mail. Demandez-en un autre si nécessaire.
dead-link-address-expired = Saisissez à nouveau l’adresse dans votre compte pour recevoir un autre lien.
dead-link-address-used = Ce lien a déjà été utilisé.
dead-link-address-newer = Ouvrez le lien de l’e-mail le plus récent ou saisissez à nouveau l’adresse dans votre compte pour en recevoir un autre.
dead-link-address-stale = Un autre compte a cette adresse, ou la vôtre a changé depuis l’envoi de l’e-mail. Rien n’a été modifié.
dead-link-invitation-expired = Demandez-en une autre.
dead-link-invitation-used = Vous avez un compte et pouvez vous connecter.
dead-link-invitation-newer = Ouvrez le lien de l’e-mail le plus récent ou demandez une autre invitation.

## Errors

error-form-expired-title = Formulaire expiré
error-form-expired = Votre formulaire a expiré. Veuillez l’envoyer à nouveau. Si cela se reproduit à chaque fois, autorisez les cookies pour ce site.
error-not-found-title = Page introuvable
error-not-found = Vérifiez l’adresse de la page.
error-method-title = Cette page ne peut pas être ouverte directement
error-method = Revenez en arrière et envoyez le formulaire.
error-timeout-title = Délai dépassé
error-timeout = Le formulaire a mis trop de temps à arriver. Veuillez l’envoyer à nouveau.
error-too-large-title = Formulaire trop volumineux
error-too-large = Le formulaire dépasse 64 Kio. Rien n’a été modifié.
error-invalid-form-title = Formulaire non valide
error-invalid-form = Ouvrez à nouveau la page et remplissez encore une fois le formulaire.
error-challenge-title = Veuillez réessayer plus tard
error-challenge = Il y a un nombre inhabituel de demandes en ce moment.
error-limited-title = Veuillez patienter
error-limited = Trop de tentatives.
error-unavailable-title = Service indisponible
error-unavailable = Le service est surchargé. Rien n’a été modifié.
error-internal-title = Une erreur s’est produite
error-internal = Ce n’est pas de votre fait. Si cela se reproduit, contactez l’assistance en indiquant l’identifiant de la demande.
error-internal-id = Identifiant de la demande : { $id }.
error-code-exhausted-title = Trop de codes incorrects
error-code-exhausted = Ouvrez plutôt le lien de l’e-mail.
error-link = Ouvrez le lien complet de l’e-mail.
error-closed-title = La création de compte est fermée
error-closed = Aucun nouveau compte n’est accepté en ce moment.
error-signed-out-title = Vous n’êtes pas connecté
error-signed-out = Connectez-vous et réessayez.
error-unverified-title = Votre adresse e-mail n’est pas confirmée
error-unverified = Ouvrez d’abord le lien de l’e-mail que nous vous avons envoyé.
error-deletion-title = Votre compte sera supprimé
error-deletion = Annulez d’abord la suppression sur la page de votre compte.
error-elsewhere-title = Vous avez demandé cette modification ailleurs
error-elsewhere = Ouvrez le lien dans le navigateur où vous avez demandé la modification, pendant que vous y êtes connecté.
error-last-super-admin-title = Vous êtes le dernier super administrateur
error-last-super-admin = Nommez un autre compte super administrateur avant de supprimer celui-ci.
error-forbidden-title = Non autorisé
error-forbidden = Votre compte n’y est pas autorisé. Rien n’a été modifié.
error-other-title = Cela n’a pas fonctionné
error-other = Ouvrez à nouveau la page et remplissez encore une fois le formulaire.
error-try-again = Réessayez dans { $time }.

## What is wrong with a field

violation-email-required = Saisissez votre adresse e-mail.
violation-email-malformed = Saisissez une adresse e-mail valide, par exemple name@example.com.
violation-email-domain-denied = Les adresses e-mail de ce domaine ne sont pas acceptées. Utilisez-en une autre.
violation-email-disposable = Les adresses e-mail jetables ne sont pas acceptées. Utilisez une adresse permanente.
violation-email-misspelled = Vérifiez cette adresse : la partie après @ est peut-être mal orthographiée.
violation-email-without-mail = Le domaine de cette adresse ne reçoit pas d’e-mails. Vérifiez l’adresse.
violation-consent-required = Donnez votre accord pour créer un compte.
violation-password-required = Choisissez un mot de passe.
violation-password-too-short = Le mot de passe doit comporter au moins { $min } caractères.
violation-password-too-long = Le mot de passe doit comporter au plus { $max } caractères.
violation-password-uppercase = Le mot de passe doit contenir une majuscule.
violation-password-lowercase = Le mot de passe doit contenir une minuscule.
violation-password-digit = Le mot de passe doit contenir un chiffre.
violation-password-digit-or-special = Le mot de passe doit contenir un chiffre ou un caractère spécial.
violation-password-special = Le mot de passe doit contenir un caractère spécial.
violation-password-space = Le mot de passe ne doit pas contenir d’espaces.
violation-password-blank = Le mot de passe ne doit pas se composer uniquement d’espaces.
violation-password-common = Ce mot de passe est trop courant ou est apparu dans une fuite de données. Choisissez-en un autre.
violation-password-repetitive = Le mot de passe ne doit être ni une répétition ni une suite de touches.
violation-password-guessable = Le mot de passe est trop facile à deviner : utilisez plus de mots, ou des mots sans rapport entre eux.
violation-password-personal = Le mot de passe ne doit contenir ni votre adresse, ni votre nom, ni le nom de ce service.
violation-password-used-before = Le mot de passe ne doit pas être l’un de vos mots de passe récents.
violation-country = Choisissez un pays dans la liste.
violation-language = Choisissez une langue dans la liste.
violation-time-zone = Choisissez un fuseau horaire dans la liste.
violation-required = { $field } : ce champ est obligatoire.
violation-too-short = { $field } : au moins { $min } caractères.
violation-too-long = { $field } : au plus { $max } caractères.
violation-malformed = { $field } : valeur non valide.
violation-forbidden-character = { $field } : les caractères de contrôle ou invisibles ne sont pas autorisés.
violation-unknown = { $field } : valeur inconnue.
violation-blank = { $field } : des espaces ne suffisent pas.
violation-taken = { $field } : déjà pris.
violation-out-of-range = { $field } : valeur hors limites.
violation-cannot-be-cleared = { $field } : ne peut pas être vidé.
violation-not-accepted = { $field } : valeur non acceptée.

field-email = Adresse e-mail
field-password = Mot de passe
field-name = Nom
field-given-name = Prénom
field-family-name = Nom de famille
field-username = Nom d’utilisateur
field-country = Pays
field-language = Langue
field-time-zone = Fuseau horaire
field-phone = Numéro de téléphone
field-postal-address = Adresse postale
field-company = Entreprise
field-industry = Secteur d’activité
field-date-of-birth = Date de naissance
field-bio = Présentation
field-avatar = Identifiant de l’image
field-notification-address = Adresse e-mail supplémentaire
field-alternate-address = Autre adresse e-mail
field-organization = Organisation
field-other = Valeur

## Registering and signing in with another provider's account

provider-continue = Continuer avec { $provider }
provider-or = ou
provider-last-used = Utilisé la dernière fois
provider-leaving-title = Continuer avec { $provider }
provider-leaving = Vous allez être redirigé vers { $provider }.
provider-return-title = Retour de { $provider }
provider-return = Un instant, nous terminons.
error-provider-unknown-title = Non disponible
error-provider-unknown = Ce mode de connexion n’est pas proposé. Choisissez-en un autre.
error-provider-flow-title = Veuillez recommencer
error-provider-flow = Vous avez mis trop de temps, avez déjà terminé ou avez commencé dans un autre navigateur. Recommencez ici.
error-provider-denied-title = Vous ne vous êtes pas connecté
error-provider-denied = Réessayez ou choisissez un autre moyen.
error-provider-away-title = Aucune réponse
error-provider-away = Rien n’a été modifié. Réessayez dans quelques minutes ou choisissez un autre moyen.
error-provider-invalid-title = Cela n’a pas fonctionné
error-provider-invalid = La réponse reçue est inutilisable. Rien n’a été modifié. Choisissez un autre moyen.
error-provider-address-title = Aucune adresse e-mail
error-provider-address = Aucune adresse e-mail ne nous a été transmise. Inscrivez-vous plutôt avec votre adresse et un mot de passe.
error-identity-taken-title = Lié à un autre compte
error-identity-taken = Ce compte est lié à un autre compte ici. Connectez-vous à celui-ci et supprimez d’abord le lien.
error-identity-other-title = Ce n’est pas le même compte
error-identity-other = Ce n’est pas le compte attendu ici. Réessayez avec le bon compte.
error-identity-many-title = Trop de comptes liés
error-identity-many = Supprimez d’abord un lien.
error-identity-last-title = Dernier moyen de connexion
error-identity-last = Définissez d’abord un mot de passe ou liez un autre compte.
error-disabled-title = Compte désactivé
error-disabled = Vous ne pouvez pas vous connecter à ce compte. Contactez l’assistance.
