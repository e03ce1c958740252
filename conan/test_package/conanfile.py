"""Builds and runs the programs of tests/consume against the package: in C, in C++, and on the core where it is there."""
import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout


class TestPackage(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeDeps", "VirtualRunEnv"
    test_type = "explicit"

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["WITH_CORE"] = bool(self.dependencies["tocsin"].options.core)
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        if not can_run(self):
            return
        for program in ("uses_c", "uses_cpp", "uses_core"):
            path = os.path.join(self.cpp.build.bindir, program)
            if program != "uses_core" or self.dependencies["tocsin"].options.core:
                self.run(path, env="conanrun")
        if self.dependencies["tocsin"].options.shell:
            self.run(os.path.join(self.dependencies["tocsin"].package_folder, "bin", "tocsin") + " --version", env="conanrun")
