/** Which of its two languages the page shows. */
export type Language = 'ja' | 'en';

const KEPT_AS = 'regionpay-report-language';

/** A page that lies in a folder may be refused a place to keep things: then each starts in Japanese. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // It holds until the page is closed.
  }
}

export const isLanguage = (word: unknown): word is Language => word === 'ja' || word === 'en';

export const shownLanguage = (): Language => (document.documentElement.dataset.lang === 'en' ? 'en' : 'ja');

const WATCHING: ((language: Language) => void)[] = [];

/** Whoever writes what cannot stand there in both languages writes it anew. */
export const onLanguage = (told: (language: Language) => void): void => {
  WATCHING.push(told);
};

export function showLanguage(language: Language): void {
  const root = document.documentElement;
  root.lang = language;
  root.dataset.lang = language;
  const title = document.getElementById('page-title')?.textContent;
  if (title) document.title = (JSON.parse(title) as Readonly<Record<Language, string>>)[language];
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  for (const told of WATCHING) told(language);
}

export function startLanguages(): void {
  const named = new URLSearchParams(location.hash.slice(1)).get('lang');
  for (const switches of document.querySelectorAll<HTMLElement>('.languages')) switches.hidden = false;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-language]'))
    button.addEventListener('click', () => {
      const { language } = button.dataset;
      if (!isLanguage(language)) return;
      keep(language);
      showLanguage(language);
    });
  const language = isLanguage(named) ? named : kept();
  if (isLanguage(language)) showLanguage(language);
}
