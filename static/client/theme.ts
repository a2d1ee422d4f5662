/** Sets the chosen theme before the first paint. Runs in the head, so it stays tiny. */
try {
  const chosen = localStorage.getItem('podium:theme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch {
  // Storage may be switched off; the system's theme then holds.
}
document.documentElement.dataset.scripted = ''
