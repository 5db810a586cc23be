/** The tracker issue's own words. */

export const trackerTitle = (): string => 'Playcaller: the board';
