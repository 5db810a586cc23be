/** Words of a card's memory that its schemas share. */
import { z } from 'zod';

/** Every key must be named here, or a restore would lose it. */
export type Shape<T> = { [K in keyof Required<T>]: z.ZodType<T[K]> };

export const text = z.string();
export const at = z.iso.datetime();
export const count = z.int().min(0);
export const number = z.int().positive();
export const flag = z.boolean().default(false);
export const list = <T extends z.ZodType>(of: T) => z.array(of).default([]);
export const perhaps = <T extends z.ZodType>(of: T) => of.nullable().default(null);
export const figure = perhaps(z.number());
