# Why somebody cannot be added or something cannot be done: one sentence for each code, and who can mend it.

refusal-not_manager = Je kunt dit niet beheren.
refusal-dynamic_group = Een regel bepaalt wie in deze groep zit, dus niemand kan met de hand worden toegevoegd.
refusal-dynamic_group-rule = Een regel bepaalt wie in deze groep zit, dus niemand kan met de hand worden toegevoegd. De regel: { $rule }
refusal-synced_group = Deze groep wordt in een andere directory beheerd en kan alleen daar worden gewijzigd.
refusal-synced_group-source = Deze groep wordt beheerd in { $source } en kan alleen daar worden gewijzigd. Laatst gesynchroniseerd: { $synced }.
refusal-invalid_address = Dit is geen volledig e-mailadres.
refusal-invalid_address-empty = Typ een e-mailadres.
refusal-invalid_address-at = Een e-mailadres heeft precies één @.
refusal-invalid_address-local = Naar het deel vóór de @ kan geen mail worden gestuurd.
refusal-invalid_address-domain = Het deel na de @ is geen domeinnaam.
refusal-invalid_address-length = Dit adres is te lang.
refusal-own_domain = { $domain } is je eigen organisatie, en geen collega heeft dit adres. Controleer de spelling.
refusal-blocked_user = Deze persoon kon niet worden toegevoegd. Neem contact op met een beheerder.
refusal-inviting_off = Je kunt geen gasten uitnodigen.
refusal-inviting_off-nobody = Op dit moment mag niemand gasten uitnodigen.
refusal-inviting_off-administrators = Alleen beheerders en gastuitnodigers mogen gasten uitnodigen.
refusal-inviting_off-members = Alleen medewerkers mogen gasten uitnodigen, gasten niet.
refusal-domain_not_allowed = Gasten van { $domain } kunnen niet worden uitgenodigd.
refusal-limit_reached = Een limiet op uitnodigingen is bereikt.
refusal-limit_reached-hour = Je hebt je limiet op uitnodigingen voor één uur bereikt ({ $limit }). Je kunt weer uitnodigen vanaf { $until }.
refusal-limit_reached-day = Je hebt je limiet op uitnodigingen voor 24 uur bereikt ({ $limit }). Je kunt weer uitnodigen vanaf { $until }.
refusal-limit_reached-organisation = De organisatie heeft haar limiet op uitnodigingen voor één uur bereikt ({ $limit }). Je kunt weer uitnodigen vanaf { $until }.
refusal-limit_reached-recipient = Dit adres heeft de limiet op mails voor 24 uur bereikt ({ $limit }). Je kunt het weer mailen vanaf { $until }.
refusal-limit_reached-changes = Je hebt de limiet op toegevoegde en verwijderde mensen voor één uur bereikt ({ $limit }). Je kunt verder vanaf { $until }.

refusal-owners_switch_off = Eigenaren kunnen geen leden beheren: de organisatie heeft dat uitgezet.
refusal-group_switch_off = Eigenaren kunnen de leden van deze groep niet beheren: dat staat voor deze groep uit.
refusal-not_owner = Je bent geen eigenaar van deze app of groep.
refusal-not_self_service = Eigenaren bepalen niet wie deze app kan openen: zelfbeheer staat uit.
refusal-no_target_group = Deze app heeft nog geen groep waaraan mensen kunnen worden toegevoegd.
refusal-target_not_assigned = De groep waaraan mensen worden toegevoegd is niet aan deze app toegewezen; lid zijn opent dus niets.
refusal-app_disabled = Deze app staat uit.
refusal-not_assigned = Je hebt deze app zelf niet, dus je kunt er niemand aan toevoegen.
refusal-not_active = Dit account is niet actief.
refusal-guest = Gasten kunnen geen apps of groepen beheren.
refusal-not_administrator = Dit is voor beheerders.

on-hold-not_owner = Wie de uitnodiging stuurde, beheert deze groep niet meer.
on-hold-not_assigned = Wie de uitnodiging stuurde, heeft deze app niet meer.
on-hold-not_administrator = Wie de uitnodiging stuurde, mag geen gasten meer voor de organisatie uitnodigen.
on-hold-not_active = Wie de uitnodiging stuurde, kan niet meer inloggen.

refusal-last_owner = Een groep houdt minstens één eigenaar. Voeg eerst een andere eigenaar toe.
refusal-guests_in_group = In deze groep zitten gasten of lopen uitnodigingen. Verwijder die eerst.
refusal-group_in_use = Deze groep kan niet worden verwijderd: deze apps gebruiken de groep, en er zijn mensen voor uitgenodigd. Uitnodigingen blijven altijd bewaard.
refusal-group_in_use-apps = Deze groep kan niet worden verwijderd zolang een app eraan is toegewezen of er mensen aan toevoegt.
refusal-group_in_use-invited = Deze groep kan niet worden verwijderd: er is iemand voor uitgenodigd, en uitnodigingen blijven altijd bewaard.
refusal-guest_cannot_own = Een gast kan geen eigenaar van een groep zijn.
refusal-address_taken = Er is al iemand met dit adres.
refusal-unsuitable_target_group = Deze groep kan niet worden gekozen: het moet een beveiligingsgroep zijn met toegewezen leden die niet wordt gesynchroniseerd.
refusal-already_decided = Deze uitnodiging is al geaccepteerd, geweigerd of ingetrokken.
refusal-welcome_messages_off = Welkomstberichten zijn uitgezet. Laat het bericht weg.
refusal-name_taken = Deze naam is al in gebruik.
refusal-group_opens_more = Wie in deze groep zit, kan ook { $apps } openen. Bevestig dat iedereen die wordt toegevoegd dat mag.
refusal-group_filled_through = In een groep die je hebt gekozen, worden mensen gezet via { $apps }. Bevestig dat iedereen die daar wordt toegevoegd ook deze app mag openen.
refusal-password_missing = Deze persoon heeft nog geen wachtwoord. Dat stelt die zelf in onder Mijn account; daarna kun je de rol geven.
refusal-guest_password = Gasten hebben geen wachtwoord: ze loggen in met een code per mail.
refusal-sign_in_too_old = Voor een eerste wachtwoord moet je in de laatste tien minuten zijn ingelogd, zodat niemand anders er een instelt in een browser die je open liet staan. Log uit, en log opnieuw in met een code per mail.
refusal-not_yourself = Je kunt dit niet bij jezelf weghalen. Vraag een andere beheerder.
refusal-unusable_logo = Kies een PNG-, JPEG-, WebP- of SVG-afbeelding van hoogstens 512 KiB.
refusal-rule_being_worked_out = Er wordt nog uitgezocht wie er volgens de regel in deze groep zit. Probeer het over een minuut opnieuw.
refusal-role_in_use = Deze rol is in gebruik. Geef wie hem heeft eerst een andere rol.
refusal-restored = In de wacht tot een beheerder vrijgeeft wat na het terugzetten is vastgehouden.

rule-unknown-attribute = Het kenmerk “{ $name }” bestaat niet. Gebruik { $attributes } of { $last }.
rule-prefixed = Schrijf { $attribute }, zonder “{ $prefix }.”.
rule-unknown-function = De functie “{ $name }” bestaat niet. Kijk naar de voorbeelden.
rule-syntax = Bij teken { $column } klopt iets niet. Schrijf bijvoorbeeld department == "Finance".
rule-not-true-or-false = De regel moet iets vergelijken, bijvoorbeeld department == "Finance".
rule-no-answer = De regel voegt samen wat niet bij elkaar past. Schrijf bijvoorbeeld department == "Finance".
rule-too-deep = Te veel delen van de regel liggen in elkaar. Schrijf de regel met minder haakjes.

mended-by-administrator = Een beheerder kan dit wijzigen.
mended-by-person = Je kunt dit zelf wijzigen.
mended-by-directory = De beheerder van die directory kan dit wijzigen.
mended-by-time = Dit komt vanzelf weer vrij.
