// Sets the theme before the first paint. The app writes 'theme' (light, dark or system); absent means system.
(() => {
  let theme = 'system';
  try {
    theme = localStorage.getItem('theme') ?? 'system';
  } catch {
    // Storage may be forbidden; the system's theme is right then.
  }
  document.documentElement.dataset.theme = ['light', 'dark'].includes(theme) ? theme : 'system';
})();
