/** Whether a folder on the service is another one or below it; "" has all of them below it. */
export function isInFolder(folder: string, outer: string): boolean {
  return outer === "" || folder === outer || folder.startsWith(`${outer}/`);
}
