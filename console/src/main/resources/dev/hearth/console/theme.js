// Runs before the first paint, so that the page does not flash in the other theme.
try {
  const chosen = localStorage.getItem('hearth.theme');
  if (chosen === 'dark' || chosen === 'light') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // A browser that keeps nothing shows the system's theme.
}
