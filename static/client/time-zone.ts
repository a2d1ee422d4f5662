/** Tells Podium the reader's time zone, so that the days of the home page are the reader's. */

/** Writes the cookie; it says nothing but the zone's name. */
export function tellTimeZone(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  if (typeof timeZone !== 'string') return
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that Podium supports
  document.cookie = `podium_zone=${encodeURIComponent(timeZone)}; path=/; max-age=31536000; samesite=lax`
}
