# Words of the frame and of the components that every page shares.

page-title = { $title } · { $organisation }
page-title-error = Fout: { $title } · { $organisation }
skip-to-content = Naar de inhoud

nav-main = Hoofdmenu
nav-apps = Mijn apps
nav-groups = Groepen
nav-administration = Beheer
nav-home = { $organisation }, naar Mijn apps

me-account = je account, { $name }
me-my-account = Mijn account
me-light = Lichte weergave
me-dark = Donkere weergave
me-system = Weergave van dit apparaat
me-sign-out = Uitloggen
me-guest-at = Gast bij { $organisation }
language = Taal

footer-product = Toegangsvenster van { $organisation }
footer-privacy = Privacyverklaring

admin-nav = Beheer
admin-overview = Overzicht
admin-settings = Instellingen
admin-users = Gebruikers
admin-groups = Groepen
admin-apps = Apps
admin-invitations = Uitnodigingen
admin-mail = Mail
admin-audit = Auditlog
admin-health = Systeemstatus

save = Opslaan
cancel = Annuleren
close = Sluiten
add = Toevoegen
remove = Verwijderen
search = Zoeken
back = Terug
yes = Ja
no = Nee
none = Geen
optional = (niet verplicht)
undo-changes = Wijzigingen ongedaan maken
copy-link = Link kopiëren
copied = Gekopieerd
more-for = Meer voor { $name }
next-page = Volgende pagina
first-page = Eerste pagina
pages = Pagina’s
show-only = Toon
show-all = Toon alles
nothing-matches = Niets past bij deze zoekopdracht en dit filter.
stale = Iemand heeft dit ondertussen opgeslagen.
stale-text = Van jou is nog niets opgeslagen. Velden die verschillen zijn gemarkeerd: controleer ze en sla opnieuw op.
saved-now = Nu opgeslagen: { $value }
saved-now-nothing = Nu opgeslagen: niets

guest = Gast
owner = Eigenaar
administrator = Beheerder
state-active = Actief
state-invited = Uitgenodigd
state-expired = Verlopen
state-blocked = Geblokkeerd
state-declined = Geweigerd
state-deleted = Verwijderd
state-suspended = In de wacht
kind-all = Alle
kind-assigned = Toegewezen
kind-dynamic = Dynamisch
kind-synced = Gesynchroniseerd
you-manage-this-app = jij beheert deze app
step-done = Klaar
step-missing = Ontbreekt
step-blocked = Wacht op een eerdere stap
what-you-can-do-instead = Wat je in plaats daarvan kunt doen

people = { $count ->
    [one] { $count } persoon
   *[other] { $count } personen
}
characters-at-most = Hoogstens { $count } tekens.
and-more = en nog { $count }

month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
month-short-1 = jan.
month-short-2 = feb.
month-short-3 = mrt.
month-short-4 = apr.
month-short-5 = mei
month-short-6 = jun.
month-short-7 = jul.
month-short-8 = aug.
month-short-9 = sep.
month-short-10 = okt.
month-short-11 = nov.
month-short-12 = dec.
date-long = { $day } { $month } { $year }
date-short = { $day } { $month }
time-zone = { $time } { $zone }
date-time-zone = { $day } { $month } { $year }, { $time } { $zone }
