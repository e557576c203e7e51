// The operations of the readers' API by Swagger UI, in place of what stands on the page without script.
const place = document.getElementById("api-docs");

// Light or dark as chosen on the site's pages, else as on the device.
const device = matchMedia("(prefers-color-scheme: dark)");
const chosen = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
const shade = () => {
  const theme = chosen();
  document.documentElement.classList.toggle("dark-mode", theme === "dark" || (theme !== "light" && device.matches));
};
shade();
device.addEventListener("change", shade);

SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis],
  supportedSubmitMethods: ["get"],
  tryItOutEnabled: true,
  validatorUrl: null,
});
