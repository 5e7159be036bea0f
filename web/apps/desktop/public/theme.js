// Runs before the first paint, so that a dark page never flashes white. The keys are those of src/stores/preferences.ts.
;(function () {
  var root = document.documentElement
  try {
    var saved = JSON.parse(localStorage.getItem('gx.preferences') || '{}')
    var dark = saved.theme === 'dark' || (saved.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
    root.classList.toggle('dark', dark)
    if (saved.density) root.dataset.density = saved.density
    if (saved.locale) root.lang = saved.locale
  } catch {
    root.classList.remove('dark')
  }
})()
