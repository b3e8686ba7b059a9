// Starts Swagger UI on the documentation page; a file of its own, since inline scripts are forbidden there.
document.addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({
    url: document.getElementById("swagger-ui").dataset.document,
    dom_id: "#swagger-ui",
    deepLinking: true,
    docExpansion: "none",
    persistAuthorization: false,
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
  });
});
