/** Runs in the page: texts whose contrast with what is behind them is below 4.5, as WCAG 2 reckons it. */
(() => {
  const parse = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = color
      .slice(0, 3)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const color = parse(getComputedStyle(element).backgroundColor);
    return color.length === 4 && color[3] === 0 ? ground(element.parentElement) : color;
  };
  const ownText = (element) =>
    [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent.trim())
      .join('');
  const texts = [...document.querySelectorAll('body, body *')].filter(
    (element) =>
      ownText(element) !== '' && element.checkVisibility() && !element.matches(':disabled, noscript, option'),
  );
  const poor = texts.flatMap((element) => {
    const [one, other] = [luminance(parse(getComputedStyle(element).color)), luminance(ground(element))].sort(
      (a, b) => b - a,
    );
    const ratio = (one + 0.05) / (other + 0.05);
    return ratio < 4.5 ? [`${ownText(element)}: ${ratio.toFixed(2)}`] : [];
  });
  return { checked: texts.length, poor };
})();
