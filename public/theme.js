// Before the first paint: `data-theme` is what was chosen (light, dark or system; kept under 'theme'), `data-scheme` what that
// comes to. The app only writes `data-theme`; the colours read only `data-scheme`.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const resolve = () => {
    const { theme } = root.dataset;
    const scheme = theme === 'light' || theme === 'dark' ? theme : system.matches ? 'dark' : 'light';
    if (root.dataset.scheme !== scheme) root.dataset.scheme = scheme;
  };
  let theme = 'system';
  try {
    theme = localStorage.getItem('theme') ?? 'system';
  } catch {
    // Storage may be forbidden; the system's theme is right then.
  }
  root.dataset.theme = ['light', 'dark'].includes(theme) ? theme : 'system';
  resolve();
  system.addEventListener('change', resolve);
  new MutationObserver(resolve).observe(root, { attributes: true, attributeFilter: ['data-theme'] });
})();
