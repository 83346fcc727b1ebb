/** An audit that ends when the test says so. */
export const pendingAudit = (): { audit: Promise<void>; end(): void } => {
  let end = () => {};
  const audit = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { audit, end };
};
