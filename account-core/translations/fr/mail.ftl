# Emails. A key that ends in `-text` is for the part in plain text, where the link stands on the next line.

## Parts of several emails

mail-greeting = Bonjour,

mail-at-operator = { $named ->
    [yes] { " " }sur { $operator }
   *[no] { "" }
}

mail-button-fails = Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :
mail-lasting = Le lien est valable jusqu’au { $expires_at }.
mail-lasting-with-code = Le lien et le code sont valables jusqu’au { $expires_at }.
mail-code = Vous pouvez aussi saisir ce code là où vous avez créé votre compte :
mail-never-asked = Nous ne vous demanderons jamais votre mot de passe.
mail-not-forwarded = Merci de ne pas transférer cet e-mail.
mail-code-not-shared = Merci de ne pas transférer cet e-mail et de ne communiquer le code à personne.

mail-not-you = Si c’était vous, vous n’avez rien à faire. Sinon, <a>choisissez tout de suite un nouveau mot de passe</a>.
mail-not-you-text = Si c’était vous, vous n’avez rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe ici :
mail-forgot = Si vous avez oublié votre mot de passe, <a>choisissez-en un nouveau</a>.
mail-forgot-text = Si vous avez oublié votre mot de passe, choisissez-en un nouveau ici :

## Verify your email address

mail-verify-address-subject = Confirmez votre adresse e-mail
mail-verify-address-what = Quelqu’un (vous, espérons-le) a demandé à créer un compte{ mail-at-operator } avec cette adresse e-mail.
mail-verify-address-open = Pour confirmer qu’elle est bien la vôtre, ouvrez le lien dans un délai de { $expires_in } et cliquez sur le bouton de la page.
mail-verify-address-open-text = Pour confirmer qu’elle est bien la vôtre, ouvrez ce lien dans un délai de { $expires_in } et cliquez sur le bouton de la page :
mail-verify-address-button = Confirmer mon adresse
mail-verify-address-otherwise = Si ce n’était pas vous, vous n’avez rien à faire : sans votre confirmation, aucun compte ne sera créé.
mail-verify-address-otherwise-account = Si ce n’était pas vous, vous n’avez rien à faire : sans votre confirmation, le compte reste limité et sera supprimé.

## An administrator created an account

mail-account-made-subject = Un compte a été créé pour vous
mail-account-made-what = Un administrateur a créé un compte{ mail-at-operator } avec cette adresse e-mail et en a choisi le mot de passe.
mail-account-made-open = Pour l’utiliser, ouvrez le lien dans un délai de { $expires_in } et choisissez un mot de passe connu uniquement de vous.
mail-account-made-open-text = Pour l’utiliser, ouvrez ce lien dans un délai de { $expires_in } et choisissez un mot de passe connu uniquement de vous :
mail-account-made-button = Activer mon compte
mail-account-made-otherwise = Si vous ne voulez pas de ce compte, vous n’avez rien à faire : tant que vous ne l’activez pas, il reste inutilisable, et il sera supprimé.

## Somebody registered with an address that has an account

mail-already-registered-subject = Vous avez déjà un compte
mail-already-registered-what = Quelqu’un (vous, espérons-le) a essayé de créer un compte{ mail-at-operator } avec cette adresse e-mail. Vous avez déjà un compte, rien n’a donc été modifié.
mail-already-registered-sign-in-text = Connectez-vous ici :
mail-already-registered-deletion = Votre compte sera supprimé le { $deletion_due_at }, comme vous l’avez demandé. Pour le conserver, connectez-vous avant cette date et choisissez « { keep-account } ».
mail-already-registered-deletion-text = Votre compte sera supprimé le { $deletion_due_at }, comme vous l’avez demandé. Pour le conserver, connectez-vous avant cette date et choisissez « { keep-account } » :
mail-already-registered-otherwise = Si vous n’avez pas essayé de créer de compte, vous n’avez rien à faire : personne n’a rien appris sur votre compte.

## Somebody came from a provider that names an address that has an account. `$identity` is the provider and the account
## there: "GitHub (octocat)".

mail-provider-link-offer-subject = Vous avez déjà un compte avec cette adresse
mail-provider-link-offer-what = Quelqu’un (vous, espérons-le) a essayé de créer un compte{ mail-at-operator } avec { $identity }. Vous avez déjà un compte avec cette adresse e-mail, rien n’a donc été modifié.
mail-provider-link-offer-link = Pour vous connecter désormais avec { $provider }, connectez-vous comme d’habitude et associez-le à votre compte dans votre profil.
mail-provider-link-offer-link-text = Pour vous connecter désormais avec { $provider }, connectez-vous comme d’habitude et associez-le à votre compte dans votre profil :
mail-provider-link-offer-otherwise = Si ce n’était pas vous, ne l’associez pas : toute personne ayant accès à { $identity } pourrait alors se connecter à votre compte. Personne n’a rien appris sur votre compte.

## Reset your password

mail-reset-password-subject = Réinitialisez votre mot de passe
mail-reset-password-what = Le { $at }, quelqu’un (vous, espérons-le) a demandé à réinitialiser le mot de passe de votre compte{ mail-at-operator }.
mail-reset-password-open = Pour en choisir un nouveau, ouvrez le lien dans un délai de { $expires_in }.
mail-reset-password-open-text = Pour en choisir un nouveau, ouvrez ce lien dans un délai de { $expires_in } :
mail-reset-password-button = Choisir un nouveau mot de passe
mail-reset-password-otherwise = Si ce n’était pas vous, vous n’avez rien à faire : votre mot de passe reste le même.

## Verify a new email address

mail-confirm-new-address-subject = Confirmez votre nouvelle adresse e-mail
mail-confirm-new-address-what = Le { $at }, quelqu’un (vous, espérons-le) a demandé que cette adresse devienne l’adresse e-mail de son compte{ mail-at-operator }.
mail-confirm-new-address-open = Pour confirmer qu’elle est bien la vôtre, ouvrez le lien dans un délai de { $expires_in }, <strong>dans le navigateur où vous avez demandé le changement</strong>, et cliquez sur le bouton de la page.
mail-confirm-new-address-open-text = Pour confirmer qu’elle est bien la vôtre, ouvrez ce lien dans un délai de { $expires_in }, dans le navigateur où vous avez demandé le changement, et cliquez sur le bouton de la page :
mail-confirm-new-address-button = Confirmer ma nouvelle adresse
mail-confirm-new-address-otherwise = Si ce n’était pas vous, vous n’avez rien à faire : sans votre confirmation, rien ne change.

## Verify an additional email address

mail-confirm-secondary-address-subject = Confirmez votre adresse e-mail supplémentaire
mail-confirm-secondary-address-what = Le { $at }, quelqu’un (vous, espérons-le) a indiqué cette adresse comme adresse e-mail supplémentaire de son compte{ mail-at-operator }.
mail-confirm-secondary-address-open = Pour confirmer qu’elle est bien la vôtre, ouvrez le lien dans un délai de { $expires_in }, connectez-vous si cela vous est demandé et cliquez sur le bouton de la page.
mail-confirm-secondary-address-open-text = Pour confirmer qu’elle est bien la vôtre, ouvrez ce lien dans un délai de { $expires_in }, connectez-vous si cela vous est demandé et cliquez sur le bouton de la page :
mail-confirm-secondary-address-button = Confirmer mon adresse
mail-confirm-secondary-address-otherwise = Si ce n’était pas vous, vous n’avez rien à faire : sans votre confirmation, l’adresse ne sera pas utilisée.

## Somebody else wanted to use the address of an account

mail-address-in-use-subject = Votre adresse e-mail a déjà un compte
mail-address-in-use-what = Le { $at }, quelqu’un a demandé à remplacer l’adresse e-mail de son compte{ mail-at-operator } par la vôtre. Vous avez déjà un compte avec cette adresse, rien n’a donc été modifié.
mail-address-in-use-sign-in = Si c’était vous, connectez-vous à votre compte existant.
mail-address-in-use-sign-in-text = Si c’était vous, connectez-vous à votre compte existant :
mail-address-in-use-otherwise = Si ce n’était pas vous, vous n’avez rien à faire : personne n’a rien appris sur votre compte.

## Invitation

mail-invitation-subject = Vous êtes invité à créer un compte
mail-invitation-what = Nous vous invitons à créer un compte{ mail-at-operator } avec cette adresse e-mail.
mail-invitation-open = Pour accepter, ouvrez le lien dans un délai de { $expires_in } et choisissez un mot de passe.
mail-invitation-open-text = Pour accepter, ouvrez ce lien dans un délai de { $expires_in } et choisissez un mot de passe :
mail-invitation-button = Choisir un mot de passe
mail-invitation-otherwise = Si vous ne voulez pas de compte, vous n’avez rien à faire : aucun compte ne sera créé sans votre accord.

## Notices: what happened to the account

mail-notice-password-changed-subject = Votre mot de passe a été modifié
mail-notice-password-changed-what = Le { $at }, le mot de passe de votre compte{ mail-at-operator } a été modifié.

mail-notice-password-reset-subject = Votre mot de passe a été réinitialisé
mail-notice-password-reset-what = Le { $at }, le mot de passe de votre compte{ mail-at-operator } a été réinitialisé au moyen d’un lien que nous vous avions envoyé par e-mail. L’ancien n’est plus valable.
mail-notice-password-reset-you = Si c’était vous, vous n’avez rien à faire, sauf si votre compte est sur le point d’être supprimé : un nouveau mot de passe n’annule pas la suppression. Pour conserver votre compte, connectez-vous et choisissez « { keep-account } ».
mail-notice-password-reset-not-you = Si ce n’était pas vous, quelqu’un d’autre peut lire vos e-mails : changez d’abord le mot de passe de votre messagerie, puis <a>choisissez-en un nouveau pour votre compte</a>.
mail-notice-password-reset-not-you-text = Si ce n’était pas vous, quelqu’un d’autre peut lire vos e-mails : changez d’abord le mot de passe de votre messagerie, puis choisissez-en un nouveau pour votre compte ici :

mail-notice-address-changed-subject = Votre adresse e-mail a été modifiée
mail-notice-address-changed-what = Le { $at }, l’adresse e-mail de votre compte{ mail-at-operator } a été modifiée. Ce message est envoyé à l’ancienne et à la nouvelle adresse.
mail-notice-address-changed-support = Si vous ne parvenez toujours pas à vous connecter, contactez l’assistance.

mail-notice-address-change-requested-subject = Demande de changement de votre adresse e-mail
mail-notice-address-change-requested-what = Le { $at }, quelqu’un (vous, espérons-le) a demandé à changer l’adresse e-mail de votre compte{ mail-at-operator }. Rien n’a encore changé : la nouvelle adresse doit d’abord être confirmée.
mail-notice-address-change-requested-not-you = Si c’était vous, ouvrez le lien de l’e-mail envoyé à la nouvelle adresse. Sinon, <a>choisissez tout de suite un nouveau mot de passe</a>, ce qui annule aussi le changement.
mail-notice-address-change-requested-not-you-text = Si c’était vous, ouvrez le lien de l’e-mail envoyé à la nouvelle adresse. Sinon, choisissez tout de suite un nouveau mot de passe ici, ce qui annule aussi le changement :

mail-notice-secondary-address-confirmed-subject = Une adresse e-mail supplémentaire a été confirmée
mail-notice-secondary-address-confirmed-what = Le { $at }, une adresse e-mail supplémentaire de votre compte{ mail-at-operator } a été confirmée.
mail-notice-secondary-address-confirmed-remove = Retirez ensuite cette adresse des informations de votre compte.

mail-notice-identity-linked-subject = Un moyen de connexion a été ajouté
mail-notice-identity-linked-what = Le { $at }, { $identity } a été associé à votre compte{ mail-at-operator }. Vous pouvez désormais l’utiliser pour vous connecter.
# Behind "If not, reset your password immediately."
mail-notice-identity-linked-remove = Supprimez ensuite cette association dans votre profil.

mail-notice-identity-unlinked-subject = Un moyen de connexion a été supprimé
mail-notice-identity-unlinked-what = Le { $at }, { $identity } a été dissocié de votre compte{ mail-at-operator }. Il ne permet plus de se connecter.

mail-notice-sessions-ended-subject = Vous avez été déconnecté partout ailleurs
mail-notice-sessions-ended-what = Le { $at }, toutes les autres sessions de votre compte{ mail-at-operator } ont été fermées, par vous ou par un administrateur.
mail-notice-sessions-ended-not-you = Si c’était vous ou si vous en aviez connaissance, vous n’avez rien à faire. Sinon, <a>choisissez tout de suite un nouveau mot de passe</a>.
mail-notice-sessions-ended-not-you-text = Si c’était vous ou si vous en aviez connaissance, vous n’avez rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe ici :

mail-notice-deletion-requested-subject = Votre compte va être supprimé
mail-notice-deletion-requested-what = Le { $at }, quelqu’un (vous, espérons-le) a demandé la suppression de votre compte{ mail-at-operator }. Il ne peut plus être utilisé et sera supprimé prochainement.
mail-notice-deletion-requested-what-when = Le { $at }, quelqu’un (vous, espérons-le) a demandé la suppression de votre compte{ mail-at-operator }. Il ne peut plus être utilisé et sera supprimé le { $deletion_due_at }.
mail-notice-deletion-requested-keep = Si vous voulez le conserver, connectez-vous et choisissez « { keep-account } » avant sa suppression.
mail-notice-deletion-requested-keep-text = Si vous voulez le conserver, connectez-vous et choisissez « { keep-account } » avant sa suppression :
mail-notice-deletion-requested-keep-when = Si vous voulez le conserver, connectez-vous et choisissez « { keep-account } » avant sa suppression.
mail-notice-deletion-requested-keep-when-text = Si vous voulez le conserver, connectez-vous et choisissez « { keep-account } » avant sa suppression :
mail-notice-deletion-requested-not-you = Si ce n’est pas vous qui l’avez demandé, <a>choisissez tout de suite un nouveau mot de passe</a>, puis « { keep-account } ».
mail-notice-deletion-requested-not-you-text = Si ce n’est pas vous qui l’avez demandé, choisissez tout de suite un nouveau mot de passe ici, puis « { keep-account } » :

mail-notice-deletion-cancelled-subject = Votre compte ne sera pas supprimé
mail-notice-deletion-cancelled-what = Le { $at }, quelqu’un (vous, espérons-le) s’est connecté à votre compte{ mail-at-operator } et en a annulé la suppression. Votre compte est conservé.

mail-notice-became-administrator-subject = Votre compte est désormais administrateur
mail-notice-became-administrator-what = Le { $at }, votre compte{ mail-at-operator } est devenu un compte administrateur : il peut désormais consulter et modifier d’autres comptes.
mail-notice-became-administrator-not-you = Si vous ne vous y attendiez pas, contactez l’assistance. Si quelqu’un d’autre peut connaître votre mot de passe, <a>choisissez-en tout de suite un nouveau</a>.
mail-notice-became-administrator-not-you-text = Si vous ne vous y attendiez pas, contactez l’assistance. Si quelqu’un d’autre peut connaître votre mot de passe, choisissez-en tout de suite un nouveau ici :

mail-notice-account-disabled-subject = Votre compte a été désactivé
mail-notice-account-disabled-what = Le { $at }, votre compte{ mail-at-operator } a été désactivé. Personne ne peut s’y connecter tant qu’il n’est pas réactivé.
mail-notice-account-disabled-support = Si vous pensez qu’il s’agit d’une erreur, contactez l’assistance. Un nouveau mot de passe n’y changerait rien.

mail-notice-account-enabled-subject = Votre compte a été réactivé
mail-notice-account-enabled-what = Le { $at }, votre compte{ mail-at-operator } a été réactivé.
mail-notice-account-enabled-what-text = Le { $at }, votre compte{ mail-at-operator } a été réactivé. Vous pouvez vous y connecter ici :
mail-notice-account-enabled-forgot = Si vous avez oublié votre mot de passe, ou si quelqu’un d’autre peut le connaître, <a>choisissez-en un nouveau</a>.
mail-notice-account-enabled-forgot-text = Si vous avez oublié votre mot de passe, ou si quelqu’un d’autre peut le connaître, choisissez-en un nouveau ici :
