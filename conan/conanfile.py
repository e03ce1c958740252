"""Conan 2 recipe of Tocsin. It takes the sources from the tree that it stands in: `conan create conan`."""
import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load

required_conan_version = ">=2.4"


class Tocsin(ConanFile):
    name = "tocsin"
    description = "Incident management as a library"
    license = "BSL-1.0"
    topics = ("incident-management", "service-desk", "sla", "on-call")
    package_type = "library"
    languages = ("C++", "C")
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "shared": [True, False],
        "shell": [True, False],  # the `tocsin` command, too
        "core": [True, False],   # the C++ core, tocsin::core, and its headers, too
    }
    default_options = {"shared": True, "shell": True, "core": False}

    def set_version(self):
        project = load(self, os.path.join(self.recipe_folder, "..", "CMakeLists.txt"))
        self.version = project.split("project(tocsin VERSION ")[1].split()[0]

    def export_sources(self):
        tree = os.path.join(self.recipe_folder, "..")
        for part in ("CMakeLists.txt", "LICENSE", "capi/*", "docs/*", "examples/*", "include/*", "scripts/cmake/*", "src/*"):
            copy(self, part, src=tree, dst=self.export_sources_folder)

    def validate(self):
        check_min_cppstd(self, 20)

    def requirements(self):
        self.requires("openssl/[>=3.0 <4]")
        self.requires("sqlite3/[>=3.40 <4]")
        self.requires("utf8proc/[>=2.6 <3]")
        self.requires("nlohmann_json/[>=3.11 <4]", visible=False)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["TOCSIN_SHARED"] = bool(self.options.shared)
        toolchain.cache_variables["TOCSIN_SHELL"] = bool(self.options.shell)
        toolchain.cache_variables["TOCSIN_INSTALL_CORE"] = bool(self.options.core)
        toolchain.cache_variables["TOCSIN_DEVELOPER"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_info(self):
        # CMake finds what was installed, tocsinConfig.cmake, and not a copy of it by Conan's generators.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "tocsin")]
        self.cpp_info.set_property("pkg_config_name", "tocsin")
        self.cpp_info.libs = ["tocsin"]
        if not self.options.shared and self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.system_libs = ["stdc++", "m"]
