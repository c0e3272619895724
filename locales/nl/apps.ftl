# Mijn apps, de rechtstreekse link van een app en de pagina met de mensen van een app.

apps-search = Zoek in je apps
apps-collections = Verzamelingen
apps-all = Apps
apps-other = Meer
apps-manage = App beheren
apps-invite = Iemand uitnodigen
apps-new-tab = In nieuw tabblad openen
apps-no-match = Geen app gevonden.
apps-show-all = Alle apps tonen
apps-groups-owned = { $count ->
    [one] Je bent eigenaar van { $count } groep
   *[other] Je bent eigenaar van { $count } groepen
}
apps-groups-joined = { $count ->
    [one] Je zit in { $count } groep
   *[other] Je zit in { $count } groepen
}
apps-expired = Je uitnodiging aan { $address } voor { $target } is verlopen.
apps-declined = { $address } heeft de uitnodiging voor { $target } geweigerd.
apps-declined-by-link = Geschreven door wie de link had; naar de mailbox is niet gevraagd. Vraag het de gast voordat je een ander adres uitnodigt.
apps-declined-again = Opnieuw uitnodigen
apps-expired-review = Bekijken
apps-none = Er zijn geen apps om te tonen.
apps-none-member = Zodra iemand je een app geeft, verschijnt de tegel hier vanzelf. Mis je een app, vraag er dan om bij de collega die hem beheert of bij een beheerder.
apps-none-guest = Zodra iemand je een app geeft, verschijnt de tegel hier vanzelf. Had je er een verwacht, vraag het dan aan degene die je heeft uitgenodigd.
apps-none-administrator = Voeg een app toe en wijs die aan jezelf toe, dan verschijnt de tegel hier.
apps-none-assign = Wijs een app aan jezelf toe, dan verschijnt de tegel hier.
apps-none-add = App toevoegen

open-closed-title = Je kunt deze app niet openen
open-closed-text = De app is misschien verwijderd, of niemand heeft je er nog toegang toe gegeven.
open-signed-in-as = Je bent ingelogd als
open-closed-address = Is deze app je op een ander adres beloofd? Log uit en daarna met dat adres weer in.
open-closed-mail = Ben je uitgenodigd? Open dan eerst de link in de uitnodigingsmail; daarna opent de app.
open-closed-ask = Vraag anders degene die je hierheen stuurde om je toe te voegen.
open-unfinished-title = { $app } kan nog niet worden geopend
open-unfinished-text = Een beheerder moet nog instellen hoe mensen erop inloggen.
open-leaving-title = { $app } gaat open
open-leaving-text = Gaat het niet vanzelf open, druk dan op de knop.
open-leaving-now = { $app } openen
