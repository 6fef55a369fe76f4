export interface Label {
  zh: string;
  en: string;
}
