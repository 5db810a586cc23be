/** Which files of a repository are Playcaller's configuration there. */

export const CONFIG_PATH = '.github/playcaller.yml';

const CONFIGURATION = /^\.github\/(playcaller\.yml|playcaller\.modules\.yml|(playbooks|personas|patterns)\/.+)$/;

/** @param path within the repository, with forward slashes */
export function isConfigurationFile(path: string): boolean {
  return CONFIGURATION.test(path);
}
